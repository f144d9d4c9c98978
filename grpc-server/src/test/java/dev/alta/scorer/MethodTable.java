package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.admit.Right;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Who may call which method of a scorer, said a second time and by hand: a method that is added
 * must be added here, too, or the tests fail.
 */
final class MethodTable {
  private static final String TABLE =
      """
      predict alta.v1.ReadmissionService/Predict
      predict alta.v1.ReadmissionService/PredictBatch
      predict alta.v1.ReadmissionService/PredictStream
      predict alta.v1.ReadmissionService/Explain
      predict alta.v1.ReadmissionService/GetModel
      predict alta.v1.ReadmissionService/ListModels
      predict alta.v1.ReadmissionService/GetModelFile
      admin   alta.v1.ModelAdminService/LoadModel
      admin   alta.v1.ModelAdminService/SetAlias
      admin   alta.v1.ModelAdminService/RollBack
      predict inference.GRPCInferenceService/ServerLive
      predict inference.GRPCInferenceService/ServerReady
      predict inference.GRPCInferenceService/ModelReady
      predict inference.GRPCInferenceService/ServerMetadata
      predict inference.GRPCInferenceService/ModelMetadata
      predict inference.GRPCInferenceService/ModelInfer
      predict inference.GRPCInferenceService/RepositoryIndex
      admin   inference.GRPCInferenceService/RepositoryModelLoad
      admin   inference.GRPCInferenceService/RepositoryModelUnload
      predict grpc.reflection.v1.ServerReflection/ServerReflectionInfo
      open    grpc.health.v1.Health/Check
      open    grpc.health.v1.Health/Watch
      """;
  private static final Map<String, Optional<Right>> RIGHTS =
      TABLE
          .lines()
          .map(line -> line.split(" +"))
          .collect(Collectors.toMap(words -> words[1], words -> right(words[0])));
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException cutOff) {
            throw new UncheckedIOException(cutOff);
          }
        }
      };

  private MethodTable() {}

  private static Optional<Right> right(String word) {
    return word.equals("open")
        ? Optional.empty()
        : Optional.of(Right.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  /** All methods that a server has. */
  static List<MethodDescriptor<?, ?>> methods(List<ServerServiceDefinition> services) {
    List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
    for (ServerServiceDefinition service : services) {
      for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
        methods.add(method.getMethodDescriptor());
      }
    }
    return methods;
  }

  /** Makes sure that the table has each method that a server with everything has, and no other. */
  static void requireAll(List<ServerServiceDefinition> services) {
    assertThat(methods(services))
        .extracting(MethodDescriptor::getFullMethodName)
        .containsExactlyInAnyOrderElementsOf(RIGHTS.keySet());
  }

  /**
   * Calls a method with an empty message and makes sure that this caller is let in, or not, as the
   * table says.
   *
   * @param token empty for none
   * @param has the only right of the caller; empty for one that nobody knows
   */
  static void check(
      MethodDescriptor<?, ?> method, Channel channel, String token, Optional<Right> has)
      throws Exception {
    Optional<Right> needed = Objects.requireNonNull(RIGHTS.get(method.getFullMethodName()));
    Status.Code code = code(method, channel, token);
    if (needed.isEmpty() || needed.equals(has)) {
      assertThat(code)
          .as("%s by %s", method.getFullMethodName(), has)
          .isNotIn(
              Status.Code.UNAUTHENTICATED,
              Status.Code.PERMISSION_DENIED,
              Status.Code.UNAVAILABLE,
              Status.Code.INTERNAL,
              Status.Code.UNKNOWN);
    } else {
      assertThat(code)
          .as("%s by %s", method.getFullMethodName(), has)
          .isEqualTo(has.isEmpty() ? Status.Code.UNAUTHENTICATED : Status.Code.PERMISSION_DENIED);
    }
  }

  /** How the call ends; OK once it has answered, since some never end. */
  private static Status.Code code(MethodDescriptor<?, ?> method, Channel channel, String token)
      throws Exception {
    CompletableFuture<Status.Code> code = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call =
        channel.newCall(method.toBuilder(BYTES, BYTES).build(), CallOptions.DEFAULT);
    Metadata headers = new Metadata();
    if (!token.isEmpty()) {
      headers.put(AUTHORIZATION, "Bearer " + token);
    }
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] answer) {
            code.complete(Status.Code.OK);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            code.complete(status.getCode());
          }
        },
        headers);
    call.request(1);
    call.sendMessage(new byte[0]);
    call.halfClose();
    try {
      return code.get();
    } finally {
      call.cancel("has said enough", null);
    }
  }
}
