package dev.alta.gateway.channel;

import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthGrpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What gRPC calls a service config: replicas are asked in turn; a call that can be made twice
 * without harm is, where a replica was not there. A prediction can: it carries an id.
 */
final class ServiceConfig {
  static final int ATTEMPTS = 4;

  private static final Map<String, ?> RETRIES =
      Map.of(
          "maxAttempts",
          (double) ATTEMPTS,
          "initialBackoff",
          "0.02s",
          "maxBackoff",
          "0.3s",
          "backoffMultiplier",
          3.0,
          "retryableStatusCodes",
          List.of("UNAVAILABLE"));

  private ServiceConfig() {}

  /** For a channel that asks those replicas only that say they have a warm model. */
  static Map<String, ?> ofHealthy() {
    Map<String, Object> config = new HashMap<>(of());
    config.put("healthCheckConfig", Map.of("serviceName", ReadmissionServiceGrpc.SERVICE_NAME));
    return config;
  }

  /** For a channel that asks all of them in turn. */
  static Map<String, ?> of() {
    List<Map<String, ?>> names = new ArrayList<>();
    names.add(Map.of("service", ReadmissionServiceGrpc.SERVICE_NAME));
    names.add(Map.of("service", HealthGrpc.SERVICE_NAME));
    for (MethodDescriptor<?, ?> method :
        GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods()) {
      if (!Breaker.changesModels(method)) {
        names.add(
            Map.of(
                "service",
                GRPCInferenceServiceGrpc.SERVICE_NAME,
                "method",
                String.valueOf(method.getBareMethodName())));
      }
    }
    return Map.of(
        "loadBalancingConfig",
        List.of(Map.of("round_robin", Map.of())),
        "methodConfig",
        List.of(Map.of("name", names, "retryPolicy", RETRIES)));
  }
}
