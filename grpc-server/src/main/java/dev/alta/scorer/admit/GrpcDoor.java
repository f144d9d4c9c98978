package dev.alta.scorer.admit;

import dev.alta.core.admit.Doorkeeper;
import dev.alta.core.admit.Right;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;

/** A doorkeeper's verdicts in gRPC's words. */
public final class GrpcDoor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Doorkeeper door;

  public GrpcDoor(Doorkeeper door) {
    this.door = door;
  }

  /** With what the server encrypts, if it does. */
  public ServerCredentials credentials() {
    return door.keyManager().map(this::encrypted).orElseGet(InsecureServerCredentials::create);
  }

  private ServerCredentials encrypted(KeyManager key) {
    TlsServerCredentials.Builder credentials = TlsServerCredentials.newBuilder().keyManager(key);
    door.clientTrust()
        .ifPresent(
            trust ->
                credentials
                    .trustManager(trust)
                    // Without a certificate, a token may do.
                    .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL));
    return credentials.build();
  }

  /** Makes sure that each method of a server has its right. */
  public static void requireRights(List<ServerServiceDefinition> services) {
    MethodRights.requireAll(services);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<Right> needed = MethodRights.of(call.getMethodDescriptor().getFullMethodName());
    if (needed.isEmpty()) {
      return next.startCall(call, headers);
    }
    Doorkeeper.Verdict verdict =
        door.judge(
            needed.get(),
            headers.get(AUTHORIZATION),
            call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
    if (verdict == Doorkeeper.Verdict.LET_IN) {
      return next.startCall(call, headers);
    }
    call.close(
        verdict == Doorkeeper.Verdict.UNKNOWN_CALLER
            ? Status.UNAUTHENTICATED.withDescription(
                "no known token or certificate (expected: the header authorization: Bearer TOKEN)")
            : Status.PERMISSION_DENIED.withDescription(
                "needs the right " + needed.get().word() + ", which this caller does not have"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
