package dev.alta.scorer;

import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;

/** What {@code grpc.health.v1} says of each service, and of all by the empty name. */
final class ServiceHealth {
  private final HealthStatusManager health = new HealthStatusManager();
  private volatile boolean serves;

  BindableService service() {
    return health.getHealthService();
  }

  void starts() {
    answers(false);
    // It needs no model: it is there to load one.
    health.setStatus(ModelAdminServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
  }

  /** Whether predictions can be had now, as {@code grpc.health.v1} says by the empty name. */
  boolean serves() {
    return serves;
  }

  /** Whether there is a model to answer with. */
  void answers(boolean model) {
    serves = model;
    ServingStatus status = model ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(ReadmissionServiceGrpc.SERVICE_NAME, status);
    health.setStatus(GRPCInferenceServiceGrpc.SERVICE_NAME, status);
  }

  /** NOT_SERVING for good. */
  void ends() {
    serves = false;
    health.enterTerminalState();
  }
}
