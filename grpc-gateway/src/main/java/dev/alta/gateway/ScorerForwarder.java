package dev.alta.gateway;

import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.ListModelsRequest;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceImplBase;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceStub;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The scorer's own service at the gateway's address, so that the docs can show and call it. What
 * the scorer answers goes back unchanged. Streams are for the scorer's own port.
 */
final class ScorerForwarder extends ReadmissionServiceImplBase {
  private final ReadmissionServiceStub scorer;
  private final GatewaySettings settings;

  ScorerForwarder(GatewaySettings settings, Channel channel) {
    this.settings = settings;
    this.scorer = ReadmissionServiceGrpc.newStub(channel);
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> answer) {
    within(settings.deadline()).predict(request, answer);
  }

  @Override
  public void predictBatch(
      PredictBatchRequest request, StreamObserver<PredictBatchResponse> answer) {
    within(settings.deadline()).predictBatch(request, answer);
  }

  @Override
  public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> answer) {
    within(settings.deadline()).getModel(request, answer);
  }

  @Override
  public void explain(PredictRequest request, StreamObserver<PredictResponse> answer) {
    within(settings.deadline()).explain(request, answer);
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> answer) {
    within(settings.deadline()).listModels(request, answer);
  }

  private ReadmissionServiceStub within(Duration deadline) {
    return scorer.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }
}
