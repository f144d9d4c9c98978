package dev.alta.scorer.oip;

import dev.alta.core.contract.Contract;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelInferResponse;
import dev.alta.proto.inference.ModelMetadataRequest;
import dev.alta.proto.inference.ModelMetadataResponse;
import dev.alta.proto.inference.ModelReadyRequest;
import dev.alta.proto.inference.ModelReadyResponse;
import dev.alta.proto.inference.RepositoryIndexRequest;
import dev.alta.proto.inference.RepositoryIndexResponse;
import dev.alta.proto.inference.RepositoryModelLoadRequest;
import dev.alta.proto.inference.RepositoryModelLoadResponse;
import dev.alta.proto.inference.RepositoryModelUnloadRequest;
import dev.alta.proto.inference.RepositoryModelUnloadResponse;
import dev.alta.proto.inference.ServerLiveRequest;
import dev.alta.proto.inference.ServerLiveResponse;
import dev.alta.proto.inference.ServerMetadataRequest;
import dev.alta.proto.inference.ServerMetadataResponse;
import dev.alta.proto.inference.ServerReadyRequest;
import dev.alta.proto.inference.ServerReadyResponse;
import dev.alta.scorer.call.Replies;
import dev.alta.scorer.models.Catalogue;
import dev.alta.scorer.predict.Admission;
import dev.alta.scorer.predict.Answering;
import dev.alta.scorer.swap.ModelSwap;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The service of {@code inference/grpc_service.proto}. */
public final class InferenceEndpoint extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
  // A few rows take as long as handing them over; more would hold up the connection's other calls.
  private static final int SMALL = 16 << 10;

  private final Contract contract;
  private final ModelSwap swap;
  private final Served served;
  private final Inference inference;
  private final Repository repository;
  private final Executor batches;
  private final String version;

  private InferenceEndpoint(Parts parts) {
    this.contract = parts.contract();
    this.swap = parts.swap();
    this.served = new Served(parts.answering());
    this.inference = new Inference(contract, parts.admission(), parts.answering(), served);
    this.repository = new Repository(swap, parts.catalogue());
    this.batches = parts.batches();
    this.version = ProgramVersion.read();
  }

  /**
   * What the service works with.
   *
   * @param batches runs all but the smallest requests; may refuse when it has too many
   */
  public record Parts(
      Contract contract,
      Admission admission,
      Answering answering,
      ModelSwap swap,
      Catalogue catalogue,
      Executor batches) {}

  public static InferenceEndpoint of(Parts parts) {
    return new InferenceEndpoint(parts);
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> reply) {
    Replies.answer(reply, () -> ServerLiveResponse.newBuilder().setLive(true).build());
  }

  @Override
  public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> reply) {
    Replies.answer(
        reply, () -> ServerReadyResponse.newBuilder().setReady(swap.current().isPresent()).build());
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> reply) {
    Replies.answer(
        reply,
        () -> {
          // Where there is no model, nobody knows which names are right.
          boolean ready = swap.current().isPresent();
          if (ready) {
            served.model(request.getName(), request.getVersion());
          }
          return ModelReadyResponse.newBuilder().setReady(ready).build();
        });
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> reply) {
    Replies.answer(reply, () -> Descriptions.server(version));
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> reply) {
    Replies.answer(
        reply,
        () -> Descriptions.model(contract, served.model(request.getName(), request.getVersion())));
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> reply) {
    long start = System.nanoTime();
    Supplier<ModelInferResponse> work = () -> inference.infer(request, start);
    if (request.getSerializedSize() <= SMALL) {
      Replies.answer(reply, work);
    } else {
      Replies.answer(reply, batches, work);
    }
  }

  @Override
  public void repositoryIndex(
      RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> reply) {
    answer(reply, () -> repository.index(request));
  }

  @Override
  public void repositoryModelLoad(
      RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> reply) {
    answer(reply, () -> repository.load(request));
  }

  @Override
  public void repositoryModelUnload(
      RepositoryModelUnloadRequest request, StreamObserver<RepositoryModelUnloadResponse> reply) {
    answer(reply, () -> repository.unload(request));
  }

  private static <T> void answer(StreamObserver<T> reply, Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> begun;
    try {
      begun = work.get();
    } catch (RuntimeException refused) {
      Replies.fail(reply, refused);
      return;
    }
    Replies.answer(reply, begun);
  }
}
