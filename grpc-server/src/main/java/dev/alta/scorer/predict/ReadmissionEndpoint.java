package dev.alta.scorer.predict;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.ExplainOptions;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.ListModelsRequest;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.PredictStreamResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.call.Replies;
import dev.alta.scorer.call.RequestMeters;
import dev.alta.scorer.call.UnknownFields;
import dev.alta.scorer.models.Catalogue;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.Warming;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The predicting service of {@code alta/v1/readmission.proto}. */
public final class ReadmissionEndpoint extends ReadmissionServiceGrpc.ReadmissionServiceImplBase {
  private final Answering answering;
  private final OneRow oneRow;
  private final ManyRows manyRows;
  private final RequestMeters streamMeters;
  private final Catalogue catalogue;
  private final Executor batches;
  private final Executor others;
  private final Set<RowStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  private ReadmissionEndpoint(Parts parts) {
    Admission admission = parts.admission();
    this.answering = parts.answering();
    this.oneRow = new OneRow(admission, answering, parts.contract().classes());
    this.manyRows = new ManyRows(admission, answering);
    this.streamMeters = new RequestMeters(parts.metrics(), "PredictStream");
    this.catalogue = parts.catalogue();
    this.batches = parts.batches();
    this.others = parts.others();
  }

  /**
   * What the service works with.
   *
   * @param batches runs batches; may refuse when it has too many
   * @param others runs what takes too long for the threads of the connections: reasons, and the
   *     rows of streams; at most one task of each call waits at a time, so that it needs no bound
   */
  public record Parts(
      Contract contract,
      Admission admission,
      Answering answering,
      Catalogue catalogue,
      MeterRegistry metrics,
      Executor batches,
      Executor others) {}

  public static ReadmissionEndpoint of(Parts parts) {
    return new ReadmissionEndpoint(parts);
  }

  /** Warms a model on the way that this service's requests go. */
  public static Warming warming(Contract contract) {
    return new WarmUp(contract, new Admission(contract));
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> reply) {
    long start = System.nanoTime();
    Supplier<PredictResponse> work =
        () -> answer(oneRow.answer(request, answering.id(request.getRequestId()), start));
    if (request.hasExplain()) {
      Replies.answer(reply, others, work);
    } else {
      Replies.answer(reply, work);
    }
  }

  @Override
  public void explain(PredictRequest request, StreamObserver<PredictResponse> reply) {
    long start = System.nanoTime();
    ExplainOptions asked = request.getExplain();
    Replies.answer(
        reply,
        others,
        () -> answer(oneRow.explain(request, asked, answering.id(request.getRequestId()), start)));
  }

  private static PredictResponse answer(OneRow.Outcome outcome) {
    if (outcome instanceof OneRow.Outcome.Refusal refusal) {
      throw Refusals.error(refusal.violations());
    }
    return ((OneRow.Outcome.Answer) outcome).response();
  }

  @Override
  public void predictBatch(
      PredictBatchRequest request, StreamObserver<PredictBatchResponse> reply) {
    long start = System.nanoTime();
    Replies.answer(reply, batches, () -> manyRows.answer(request, start));
  }

  @Override
  public StreamObserver<PredictRequest> predictStream(StreamObserver<PredictStreamResponse> reply) {
    RowStream stream =
        new RowStream(
            (ServerCallStreamObserver<PredictStreamResponse>) reply,
            oneRow,
            answering,
            streamMeters,
            others,
            open);
    stream.start();
    if (ending) {
      stream.stop();
    }
    return stream;
  }

  /** Answers the rows that have come in by streams, then ends the streams. */
  public void endStreams() {
    ending = true;
    open.forEach(RowStream::stop);
  }

  @Override
  public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> reply) {
    Replies.answer(reply, this::describe);
  }

  private GetModelResponse describe() {
    LiveModel model = answering.model();
    return GetModelResponse.newBuilder()
        .setAlias(model.alias())
        .setManifest(model.manifest())
        .addAllClasses(model.predictor().classes())
        .setFeatures(model.predictor().encoder().size())
        .setTrees(model.predictor().kernel().trees())
        .build();
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> reply) {
    List<Violation> violations = UnknownFields.of(request);
    if (violations.isEmpty()) {
      Replies.answer(reply, catalogue.list(request.getArchived()));
    } else {
      Replies.fail(reply, Refusals.error(violations));
    }
  }
}
