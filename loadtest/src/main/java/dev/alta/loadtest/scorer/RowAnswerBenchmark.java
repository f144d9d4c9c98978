package dev.alta.loadtest.scorer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.core.contract.Row;
import dev.alta.model.bundle.Prediction;
import dev.alta.model.bundle.Predictor;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.scorer.predict.Admission;
import dev.alta.scorer.predict.Admitted;
import dev.alta.scorer.predict.AnswerForm;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Where the time of one row goes in the scorer, from the bytes of its request to the bytes of its
 * answer, alone and in blocks of 64. The reference is protobuf's own parsing of the request.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowAnswerBenchmark {
  private static final int ROWS = 1_024;
  private static final int BLOCK = 64;

  private final Admission admission = new Admission(BenchRows.CONTRACT);
  private final List<byte[]> wire = new ArrayList<>();
  private final List<PredictRequest> requests = new ArrayList<>();
  private final List<Row> cleaned = new ArrayList<>();
  private final List<Prediction> predictions = new ArrayList<>();
  private final String id = new UUID(1, 2).toString();
  private final AnswerForm form = new AnswerForm(BenchRows.CONTRACT.classes(), "champion", "1");
  private final Predictor predictor = predictor();
  private final Predictor.Scratch scratch = predictor.scratch();
  private final Predictor.BlockScratch blockScratch = predictor.blockScratch();
  private int next;

  private static Predictor predictor() {
    BenchRows rows = BenchRows.generate(ROWS);
    return Predictor.of(BenchRows.CONTRACT, BenchModel.of(rows, "grown").model());
  }

  /** Makes rows that can be scored, and what becomes of them at each stage. */
  @Setup
  public void prepare() throws InvalidProtocolBufferException {
    BenchRows rows = BenchRows.generate(ROWS);
    for (var encounter : rows.encounters()) {
      byte[] bytes = PredictRequest.newBuilder().setEncounter(encounter).build().toByteArray();
      wire.add(bytes);
      requests.add(PredictRequest.parseFrom(bytes));
    }
    cleaned.addAll(rows.cleaned());
    cleaned.forEach(row -> predictions.add(predictor.predict(row)));
  }

  private int next() {
    next = (next + 1) % ROWS;
    return next;
  }

  /** The reference. */
  @Benchmark
  public PredictRequest parseRequest() throws InvalidProtocolBufferException {
    return PredictRequest.parseFrom(wire.get(next()));
  }

  /** Check and clean. */
  @Benchmark
  public Admitted admit() {
    return admission.admit(requests.get(next()).getEncounter());
  }

  /** Encode, trees, probabilities, risk. */
  @Benchmark
  public Prediction predictOne() {
    return predictor.predict(cleaned.get(next()), scratch);
  }

  /** The same in a block, for each row of it. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public List<Prediction> predictInBlock() {
    int first = next() / BLOCK * BLOCK;
    return predictor.predict(cleaned.subList(first, first + BLOCK), blockScratch);
  }

  @Benchmark
  public ByteString writeAnswer() {
    return form.write(predictions.get(next()), id);
  }

  /** The same by protobuf's own objects, as it was before. */
  @Benchmark
  public ByteString writeAnswerByObjects() {
    Prediction prediction = predictions.get(next());
    List<String> classes = BenchRows.CONTRACT.classes();
    PredictResponse.Builder answer =
        PredictResponse.newBuilder()
            .setPrediction(classes.get(prediction.best()))
            .setProbabilityReadmitted(prediction.probabilityReadmitted())
            .setProbabilityWithin30Days(prediction.probabilityMostUrgent())
            .setRisk(prediction.risk())
            .setRiskPercentile(prediction.riskPercentile())
            .setModelAlias("champion")
            .setModelVersion("1")
            .setRequestId(id);
    for (int i = 0; i < classes.size(); i++) {
      answer.putProbabilities(classes.get(i), prediction.probabilities().get(i));
    }
    return answer.build().toByteString();
  }
}
