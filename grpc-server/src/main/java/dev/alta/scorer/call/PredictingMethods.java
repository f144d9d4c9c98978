package dev.alta.scorer.call;

import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.MethodDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods whose answers are predictions. */
public final class PredictingMethods {
  /** Those with one answer to one request. */
  static final List<MethodDescriptor<?, ?>> UNARY =
      List.of(
          ReadmissionServiceGrpc.getPredictMethod(),
          ReadmissionServiceGrpc.getPredictBatchMethod(),
          ReadmissionServiceGrpc.getExplainMethod(),
          GRPCInferenceServiceGrpc.getModelInferMethod());

  /**
   * Those, by their full names, that are answered on the thread of the connection that they come
   * by, unless they ask for much.
   */
  public static final List<String> ON_CONNECTIONS =
      List.of(
          ReadmissionServiceGrpc.getPredictMethod().getFullMethodName(),
          GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName());

  private static final Map<String, MethodDescriptor<?, ?>> ALL =
      Stream.concat(UNARY.stream(), Stream.of(ReadmissionServiceGrpc.getPredictStreamMethod()))
          .collect(
              Collectors.toUnmodifiableMap(
                  MethodDescriptor::getFullMethodName, Function.identity()));

  private PredictingMethods() {}

  /** Whether a method is one of them, by its full name. */
  public static boolean contains(String fullMethodName) {
    return ALL.containsKey(fullMethodName);
  }

  public static Collection<MethodDescriptor<?, ?>> all() {
    return ALL.values();
  }
}
