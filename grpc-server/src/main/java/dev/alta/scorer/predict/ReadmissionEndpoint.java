package dev.alta.scorer.predict;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.scorer.log.Answered;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.ModelSwap;
import dev.alta.scorer.swap.Warming;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The service of {@code alta/v1/readmission.proto}. */
public final class ReadmissionEndpoint extends ReadmissionServiceGrpc.ReadmissionServiceImplBase {
  private static final int LARGEST_BATCH = 4_096;

  private final ModelSwap swap;
  private final Scoring scoring;
  private final PredictMeters meters;
  private final Consumer<Answered> log;
  private final Executor batches;
  private final Supplier<String> ids;
  private final Clock clock;
  private final String mostUrgent;

  private ReadmissionEndpoint(Parts parts) {
    this.swap = parts.swap();
    this.scoring = new Scoring(parts.contract());
    this.meters = new PredictMeters(parts.contract(), parts.metrics());
    this.log = parts.log();
    this.batches = parts.batches();
    this.ids = parts.ids();
    this.clock = parts.clock();
    List<String> classes = parts.contract().classes();
    this.mostUrgent = classes.get(classes.size() - 1);
  }

  /**
   * What the service works with.
   *
   * @param log takes every answered prediction, at once
   * @param batches runs batches; may refuse when it has too many
   * @param ids makes up request ids
   */
  public record Parts(
      Contract contract,
      ModelSwap swap,
      MeterRegistry metrics,
      Consumer<Answered> log,
      Executor batches,
      Supplier<String> ids,
      Clock clock) {}

  public static ReadmissionEndpoint of(Parts parts) {
    return new ReadmissionEndpoint(parts);
  }

  /** Warms a model on the way that this service's requests go. */
  public static Warming warming(Contract contract) {
    return new WarmUp(contract, new Scoring(contract));
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> reply) {
    long start = System.nanoTime();
    Replies.answer(reply, () -> predict(request, start));
  }

  private PredictResponse predict(PredictRequest request, long start) {
    List<Violation> violations = RequestCheck.check(request, request.getRequestId());
    LiveModel model = model();
    Scored scored = scoring.score(model, request.getEncounter());
    if (scored instanceof Scored.Predicted predicted && violations.isEmpty()) {
      PredictResponse answer =
          Answers.of(model, predicted.prediction(), id(request.getRequestId()));
      predicted(model, request.getEncounter(), answer, predicted, start);
      return answer;
    }
    if (scored instanceof Scored.Refused refused) {
      violations.addAll(refused.violations());
    }
    throw refuse(violations);
  }

  @Override
  public void predictBatch(
      PredictBatchRequest request, StreamObserver<PredictBatchResponse> reply) {
    long start = System.nanoTime();
    Replies.allowCancelling(reply);
    try {
      batches.execute(() -> Replies.answer(reply, () -> predictBatch(request, start)));
    } catch (RejectedExecutionException full) {
      Replies.fail(
          reply,
          Status.RESOURCE_EXHAUSTED
              .withDescription("too many batches at once; try again")
              .asRuntimeException());
    }
  }

  private PredictBatchResponse predictBatch(PredictBatchRequest request, long start) {
    List<Violation> violations = RequestCheck.check(request, request.getRequestId());
    int rows = request.getEncountersCount();
    if (rows == 0 || rows > LARGEST_BATCH) {
      violations.add(new Violation("encounters", rows + " of them", "1 to " + LARGEST_BATCH));
    }
    if (!violations.isEmpty()) {
      throw refuse(violations);
    }
    LiveModel model = model();
    String id = id(request.getRequestId());
    List<BatchItem> items = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      items.add(item(model, request.getEncounters(i), id + "-" + i, start));
    }
    return PredictBatchResponse.newBuilder()
        .addAllItems(items)
        .setModelAlias(model.alias())
        .setModelVersion(model.version())
        .setRequestId(id)
        .build();
  }

  private BatchItem item(LiveModel model, Encounter encounter, String id, long start) {
    Scored scored = scoring.score(model, encounter);
    if (scored instanceof Scored.Predicted predicted) {
      PredictResponse answer = Answers.of(model, predicted.prediction(), id);
      predicted(model, encounter, answer, predicted, start);
      return BatchItem.newBuilder().setPrediction(answer).build();
    }
    List<Violation> violations = ((Scored.Refused) scored).violations();
    meters.refused(violations);
    return BatchItem.newBuilder().setError(Refusals.status(violations)).build();
  }

  @Override
  public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> reply) {
    Replies.answer(reply, this::describe);
  }

  private GetModelResponse describe() {
    LiveModel model = model();
    return GetModelResponse.newBuilder()
        .setAlias(model.alias())
        .setManifest(model.manifest())
        .addAllClasses(model.predictor().classes())
        .setFeatures(model.predictor().encoder().size())
        .setTrees(model.predictor().kernel().trees())
        .build();
  }

  @Override
  public void loadModel(LoadModelRequest request, StreamObserver<LoadModelResponse> reply) {
    Replies.allowCancelling(reply);
    List<Violation> violations = RequestCheck.check(request);
    if (!violations.isEmpty()) {
      Replies.fail(reply, Refusals.error(violations));
      return;
    }
    CompletableFuture<ModelSwap.Swapped> unused =
        swap.load(request.getModel())
            .whenComplete(
                (swapped, failure) -> {
                  if (failure != null) {
                    Replies.fail(reply, LoadProblem.of(failure));
                  } else {
                    Replies.answer(reply, () -> loaded(swapped));
                  }
                });
  }

  private static LoadModelResponse loaded(ModelSwap.Swapped swapped) {
    return LoadModelResponse.newBuilder()
        .setPreviousVersion(swapped.previous().map(LiveModel::version).orElse(""))
        .setModelAlias(swapped.model().alias())
        .setModelVersion(swapped.model().version())
        .build();
  }

  private void predicted(
      LiveModel model,
      Encounter encounter,
      PredictResponse answer,
      Scored.Predicted predicted,
      long start) {
    meters.predicted(predicted.prediction().best());
    log.accept(
        new Answered(
            encounter,
            answer,
            model.manifest().getName(),
            mostUrgent,
            clock.instant(),
            System.nanoTime() - start));
  }

  private StatusRuntimeException refuse(List<Violation> violations) {
    meters.refused(violations);
    return Refusals.error(violations);
  }

  private String id(String given) {
    return given.isEmpty() ? ids.get() : given;
  }

  private LiveModel model() {
    return swap.current()
        .orElseThrow(
            () ->
                Status.UNAVAILABLE
                    .withDescription("no model is loaded and warm yet; try again")
                    .asRuntimeException());
  }
}
