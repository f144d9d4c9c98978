package dev.alta.scorer.admit;

import dev.alta.core.admit.Right;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The right that each method needs. A server with a method that is not here does not start. */
final class MethodRights {
  private static final Map<String, Optional<Right>> NEEDED = new HashMap<>();

  static {
    needs(
        Right.PREDICT,
        "alta.v1.ReadmissionService",
        List.of(
            "Predict",
            "PredictBatch",
            "PredictStream",
            "Explain",
            "GetModel",
            "ListModels",
            "GetModelFile"));
    needs(Right.ADMIN, "alta.v1.ModelAdminService", List.of("LoadModel", "SetAlias", "RollBack"));
    needs(
        Right.PREDICT,
        "inference.GRPCInferenceService",
        List.of(
            "ServerLive",
            "ServerReady",
            "ModelReady",
            "ServerMetadata",
            "ModelMetadata",
            "ModelInfer",
            "RepositoryIndex"));
    needs(
        Right.ADMIN,
        "inference.GRPCInferenceService",
        List.of("RepositoryModelLoad", "RepositoryModelUnload"));
    needs(Right.PREDICT, "grpc.reflection.v1.ServerReflection", List.of("ServerReflectionInfo"));
    // Probes and load balancers have no token, and learn nothing but that it serves.
    for (String method : List.of("Check", "Watch", "List")) {
      NEEDED.put("grpc.health.v1.Health/" + method, Optional.empty());
    }
  }

  private MethodRights() {}

  private static void needs(Right right, String service, List<String> methods) {
    methods.forEach(method -> NEEDED.put(service + "/" + method, Optional.of(right)));
  }

  /**
   * The right that a method needs; empty where it is open to all.
   *
   * @throws IllegalStateException if nobody has said what it needs
   */
  static Optional<Right> of(String method) {
    Optional<Right> needed = NEEDED.get(method);
    if (needed == null) {
      throw new IllegalStateException(
          "method " + method + ": no right (expected: one said in MethodRights)");
    }
    return needed;
  }

  /** Makes sure that each method has its right. */
  static void requireAll(List<ServerServiceDefinition> services) {
    for (ServerServiceDefinition service : services) {
      for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
        Optional<Right> unused = of(method.getMethodDescriptor().getFullMethodName());
      }
    }
  }
}
