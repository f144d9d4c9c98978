package dev.alta.scorer;

import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** Watches a scorer's health, as a load balancer would. */
final class Serving {
  private Serving() {}

  /** Waits until the scorer says that it serves. */
  static void await(Channel channel) {
    Iterator<HealthCheckResponse> states =
        HealthGrpc.newBlockingStub(channel)
            .withDeadlineAfter(30, TimeUnit.SECONDS)
            .watch(
                HealthCheckRequest.newBuilder()
                    .setService(ReadmissionServiceGrpc.SERVICE_NAME)
                    .build());
    ServingStatus status;
    do {
      status = states.next().getStatus();
    } while (status != ServingStatus.SERVING);
  }
}
