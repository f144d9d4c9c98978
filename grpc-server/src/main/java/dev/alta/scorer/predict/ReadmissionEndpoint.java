package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.GetModelFileRequest;
import dev.alta.proto.v1.GetModelFileResponse;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.ListModelsRequest;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.call.Replies;
import dev.alta.scorer.call.RequestMeters;
import dev.alta.scorer.call.UnknownFields;
import dev.alta.scorer.call.WrittenAnswers;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.Warming;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The predicting service of {@code alta/v1/readmission.proto}. */
public final class ReadmissionEndpoint
    implements ReadmissionServiceGrpc.AsyncService, BindableService {
  private static final MethodDescriptor<PredictRequest, ByteString> PREDICT =
      WrittenAnswers.method(ReadmissionServiceGrpc.getPredictMethod());
  private static final MethodDescriptor<PredictRequest, ByteString> EXPLAIN =
      WrittenAnswers.method(ReadmissionServiceGrpc.getExplainMethod());
  private static final MethodDescriptor<PredictBatchRequest, ByteString> BATCH =
      WrittenAnswers.method(ReadmissionServiceGrpc.getPredictBatchMethod());
  private static final MethodDescriptor<PredictRequest, ByteString> STREAM =
      WrittenAnswers.method(ReadmissionServiceGrpc.getPredictStreamMethod());

  private final Answering answering;
  private final OneRow oneRow;
  private final ManyRows manyRows;
  private final RowTurn turns;
  private final Versions versions;
  private final Executor batches;
  private final Executor reasons;
  private final Executor streams;
  private final Set<RowStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  private ReadmissionEndpoint(Parts parts) {
    Admission admission = parts.admission();
    this.answering = parts.answering();
    this.oneRow = new OneRow(admission, answering, parts.contract().classes());
    this.manyRows = new ManyRows(admission, answering);
    this.turns =
        new RowTurn(oneRow, answering, new RequestMeters(parts.metrics(), "PredictStream"));
    this.versions = parts.versions();
    this.batches = parts.batches();
    this.reasons = parts.reasons();
    this.streams = parts.streams();
  }

  /** What is known of the versions in the registry. */
  public interface Versions {
    /** All, newest first; with those that were archived, or without. */
    CompletableFuture<ListModelsResponse> list(boolean archived);

    /** One, by its number or an alias; checks the request. */
    CompletableFuture<GetModelResponse> describe(GetModelRequest request);

    /** A file of one; checks the request. */
    CompletableFuture<GetModelFileResponse> file(GetModelFileRequest request);
  }

  /**
   * What the service works with.
   *
   * @param batches runs batches; may refuse when it has too many
   * @param reasons runs calls that ask for reasons; may refuse when it has too many
   * @param streams runs the rows of streams; at most one task of each stream waits at a time, so
   *     that it needs no bound
   */
  public record Parts(
      Contract contract,
      Admission admission,
      Answering answering,
      Versions versions,
      MeterRegistry metrics,
      Executor batches,
      Executor reasons,
      Executor streams) {}

  public static ReadmissionEndpoint of(Parts parts) {
    return new ReadmissionEndpoint(parts);
  }

  /** Warms a model on the way that this service's requests go. */
  public static Warming warming(Contract contract, Admission admission) {
    return new WarmUp(contract, admission);
  }

  @Override
  public ServerServiceDefinition bindService() {
    return WrittenAnswers.replace(
        ReadmissionServiceGrpc.bindService(this),
        List.of(
            ServerMethodDefinition.create(PREDICT, ServerCalls.asyncUnaryCall(this::answer)),
            ServerMethodDefinition.create(EXPLAIN, ServerCalls.asyncUnaryCall(this::answerWhy)),
            ServerMethodDefinition.create(BATCH, ServerCalls.asyncUnaryCall(this::answerBatch)),
            ServerMethodDefinition.create(
                STREAM, ServerCalls.asyncBidiStreamingCall(this::answerStream))));
  }

  private void answer(PredictRequest request, StreamObserver<ByteString> reply) {
    if (request.hasExplain()) {
      answerWhy(request, reply);
      return;
    }
    long start = System.nanoTime();
    Replies.answer(
        reply, () -> oneRow.predict(request, answering.id(request.getRequestId()), start));
  }

  private void answerWhy(PredictRequest request, StreamObserver<ByteString> reply) {
    long start = System.nanoTime();
    Replies.answer(
        reply, reasons, () -> oneRow.explain(request, answering.id(request.getRequestId()), start));
  }

  private void answerBatch(PredictBatchRequest request, StreamObserver<ByteString> reply) {
    long start = System.nanoTime();
    Replies.answer(reply, batches, () -> manyRows.answer(request, start));
  }

  private StreamObserver<PredictRequest> answerStream(StreamObserver<ByteString> reply) {
    RowStream stream =
        new RowStream((ServerCallStreamObserver<ByteString>) reply, turns, streams, open);
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
    if (request.getModel().isEmpty()) {
      Replies.answer(reply, this::describe);
    } else {
      Replies.answer(reply, versions.describe(request));
    }
  }

  @Override
  public void getModelFile(
      GetModelFileRequest request, StreamObserver<GetModelFileResponse> reply) {
    Replies.answer(reply, versions.file(request));
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
      Replies.answer(reply, versions.list(request.getArchived()));
    } else {
      Replies.fail(reply, Refusals.error(violations));
    }
  }
}
