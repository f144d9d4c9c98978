package dev.alta.gateway;

import dev.alta.gateway.channel.Answer;
import dev.alta.proto.v1.GetModelFileRequest;
import dev.alta.proto.v1.GetModelFileResponse;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.ListModelsRequest;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import dev.alta.proto.v1.ModelAdminServiceGrpc.ModelAdminServiceFutureStub;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceFutureStub;
import dev.alta.proto.v1.RollBackRequest;
import dev.alta.proto.v1.SetAliasRequest;
import dev.alta.proto.v1.SetAliasResponse;
import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls to the scorer, each with its deadline. A failed one ends in a StatusRuntimeException. */
final class ScorerCalls {
  private static final Duration HEALTH_DEADLINE = Duration.ofSeconds(2);

  private final GatewaySettings settings;
  private final ReadmissionServiceFutureStub scorer;
  private final ModelAdminServiceFutureStub admin;
  private final HealthGrpc.HealthFutureStub health;

  ScorerCalls(GatewaySettings settings, Channel channel) {
    this.settings = settings;
    this.scorer = ReadmissionServiceGrpc.newFutureStub(channel);
    this.admin = ModelAdminServiceGrpc.newFutureStub(channel);
    this.health = HealthGrpc.newFutureStub(channel);
  }

  CompletableFuture<PredictResponse> predict(PredictRequest request) {
    return Answer.of(within(settings.deadline()).predict(request));
  }

  CompletableFuture<PredictBatchResponse> predict(PredictBatchRequest request) {
    return Answer.of(within(settings.deadline()).predictBatch(request));
  }

  CompletableFuture<PredictResponse> explain(PredictRequest request) {
    return Answer.of(within(settings.deadline()).explain(request));
  }

  /** A version or what an alias points to; empty: the model that answers now. */
  CompletableFuture<GetModelResponse> model(String model) {
    return Answer.of(
        within(settings.deadline()).getModel(GetModelRequest.newBuilder().setModel(model).build()));
  }

  CompletableFuture<ListModelsResponse> models(boolean archived) {
    return Answer.of(
        within(settings.deadline())
            .listModels(ListModelsRequest.newBuilder().setArchived(archived).build()));
  }

  CompletableFuture<GetModelFileResponse> file(GetModelFileRequest request) {
    return Answer.of(within(settings.deadline()).getModelFile(request));
  }

  CompletableFuture<SetAliasResponse> setAlias(SetAliasRequest request) {
    return Answer.of(adminWithin(settings.deadline()).setAlias(request));
  }

  CompletableFuture<SetAliasResponse> rollBack(RollBackRequest request) {
    return Answer.of(adminWithin(settings.deadline()).rollBack(request));
  }

  CompletableFuture<LoadModelResponse> load(String model) {
    return Answer.of(
        adminWithin(settings.loadDeadline())
            .loadModel(LoadModelRequest.newBuilder().setModel(model).build()));
  }

  /** Whether the scorer says that it has a model and the model is warm. */
  CompletableFuture<Boolean> serving() {
    return Answer.of(
            health
                .withDeadlineAfter(HEALTH_DEADLINE.toNanos(), TimeUnit.NANOSECONDS)
                .check(HealthCheckRequest.getDefaultInstance()))
        .thenApply(answer -> answer.getStatus() == ServingStatus.SERVING);
  }

  private ReadmissionServiceFutureStub within(Duration deadline) {
    return scorer.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  private ModelAdminServiceFutureStub adminWithin(Duration deadline) {
    return admin.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }
}
