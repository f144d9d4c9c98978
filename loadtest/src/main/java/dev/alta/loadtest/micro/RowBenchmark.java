package dev.alta.loadtest.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.MessageIntake;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.core.feature.EncoderFitter;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.model.kernel.Kernel;
import dev.alta.model.kernel.TreeKernel;
import dev.alta.proto.v1.Encounter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Where the time of one row goes, from the message on the wire to the outputs of the trees. The
 * reference is protobuf's own parsing of that message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowBenchmark {
  // Different rows in turn, so that branches cannot be learned by heart.
  private static final int ROWS = 1_024;
  private static final int TREES = 600;
  private static final int DEPTH = 6;

  private final Contract contract = Contract.of(Encounter.getDescriptor());
  private final MessageIntake intake = MessageIntake.of(contract, Encounter.getDefaultInstance());
  private final Cleaner cleaner = new Cleaner(contract);
  private final List<byte[]> wire = new ArrayList<>();
  private final List<Encounter> messages = new ArrayList<>();
  private final List<Row> checked = new ArrayList<>();
  private final List<Row> cleaned = new ArrayList<>();
  private final List<float[]> vectors = new ArrayList<>();
  private Encoder encoder = new EncoderFitter(contract).fit(1);
  private float[] vector = {};
  private float[] outputs = {};
  private TreeKernel kernel =
      TreeKernel.of(RandomForest.of(3, 1, 1, 1, new SplittableRandom(1)), 1);
  private Kernel.Scratch scratch = kernel.scratch();
  private int next;

  /** Makes rows that can be scored, and what becomes of them at each stage. */
  @Setup
  public void prepare() throws InvalidProtocolBufferException {
    EncounterGenerator generator = new EncounterGenerator(contract, Effects.of(contract), 1);
    EncoderFitter fitter = new EncoderFitter(contract);
    while (wire.size() < ROWS) {
      Encounter message = message(generator.next());
      if (Intake.check(contract, Door.SCORE, message) instanceof Checked.Accepted accepted
          && cleaner.clean(accepted.row()) instanceof Cleaned.Kept kept) {
        wire.add(message.toByteArray());
        messages.add(Encounter.parseFrom(message.toByteArray()));
        checked.add(accepted.row());
        cleaned.add(kept.row());
        fitter.add(kept.row());
      }
    }
    encoder = fitter.fit(ROWS / 100);
    cleaned.forEach(row -> vectors.add(encoder.encode(row)));
    vector = new float[encoder.size()];
    outputs = new float[3];
    kernel =
        TreeKernel.of(
            RandomForest.of(3, TREES, DEPTH, encoder.size(), new SplittableRandom(1)),
            encoder.size());
    scratch = kernel.scratch();
  }

  private Encounter message(Row row) {
    Encounter.Builder message = Encounter.newBuilder();
    for (Column column : contract.columns()) {
      if (!column.identifies() && row.recorded(column)) {
        Object value =
            switch (column.type()) {
              case TEXT -> row.asText(column);
              case WHOLE -> (int) row.whole(column);
              case DECIMAL -> row.number(column);
            };
        message.setField(column.field(), value);
      }
    }
    return message.build();
  }

  private int next() {
    next = (next + 1) % ROWS;
    return next;
  }

  /** The reference. */
  @Benchmark
  public Encounter parse() throws InvalidProtocolBufferException {
    return Encounter.parseFrom(wire.get(next()));
  }

  @Benchmark
  public Checked check() {
    return intake.check(messages.get(next()));
  }

  /** As it was before, and as it is still done for a message with something wrong in it. */
  @Benchmark
  public Checked checkByReflection() {
    return Intake.check(contract, Door.SCORE, messages.get(next()));
  }

  @Benchmark
  public Cleaned clean() {
    return cleaner.clean(checked.get(next()));
  }

  /** All that lies between the message and the trees. */
  @Benchmark
  public float[] toVector() {
    if (intake.check(messages.get(next())) instanceof Checked.Accepted accepted
        && cleaner.cleanInPlace(accepted.row()) instanceof Cleaned.Kept kept) {
      encoder.encode(kept.row(), vector);
    }
    return vector;
  }

  @Benchmark
  public float[] encode() {
    encoder.encode(cleaned.get(next()), vector);
    return vector;
  }

  @Benchmark
  public float[] trees() {
    kernel.margins(vectors.get(next()), scratch, outputs);
    return outputs;
  }
}
