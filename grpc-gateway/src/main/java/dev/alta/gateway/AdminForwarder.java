package dev.alta.gateway;

import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import dev.alta.proto.v1.ModelAdminServiceGrpc.ModelAdminServiceImplBase;
import dev.alta.proto.v1.ModelAdminServiceGrpc.ModelAdminServiceStub;
import dev.alta.proto.v1.SetAliasRequest;
import dev.alta.proto.v1.SetAliasResponse;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The scorer's administering service at the gateway's address, as {@link ScorerForwarder} is. */
final class AdminForwarder extends ModelAdminServiceImplBase {
  private final ModelAdminServiceStub scorer;
  private final GatewaySettings settings;

  AdminForwarder(GatewaySettings settings, Channel channel) {
    this.settings = settings;
    this.scorer = ModelAdminServiceGrpc.newStub(channel);
  }

  @Override
  public void loadModel(LoadModelRequest request, StreamObserver<LoadModelResponse> answer) {
    within(settings.loadDeadline()).loadModel(request, answer);
  }

  @Override
  public void setAlias(SetAliasRequest request, StreamObserver<SetAliasResponse> answer) {
    within(settings.deadline()).setAlias(request, answer);
  }

  private ModelAdminServiceStub within(Duration deadline) {
    return scorer.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }
}
