package dev.alta.gateway.admit;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.alta.core.admit.Doorkeeper;
import dev.alta.core.admit.Right;
import dev.alta.core.life.Listen;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.json.ProblemForm;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import org.jspecify.annotations.Nullable;

/** A doorkeeper's verdicts in HTTP's words. */
public final class HttpDoor implements DecoratingHttpServiceFunction {
  private static final String CHALLENGE = "Bearer realm=\"alta\"";

  private final Doorkeeper door;

  public HttpDoor(Doorkeeper door) {
    this.door = door;
  }

  /** Lets a server listen: with encryption where the doorkeeper has a certificate. */
  public void listen(ServerBuilder server, Listen listen) {
    if (door.keyManager().isEmpty()) {
      server.http(listen.address());
      return;
    }
    server.https(listen.address()).tls(new OneKey(door.keyManager().get()));
    door.clientTrust()
        .ifPresent(
            trust ->
                // Without a certificate, a token may do.
                server.tlsCustomizer(
                    tls -> tls.trustManager(trust).clientAuth(ClientAuth.OPTIONAL)));
  }

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext ctx, HttpRequest request)
      throws Exception {
    Optional<Right> needed = PathRights.of(ctx);
    if (needed.isEmpty()) {
      return next.serve(ctx, request);
    }
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    return switch (door.judge(needed.get(), authorization, ctx.sslSession())) {
      case LET_IN -> next.serve(ctx, request);
      case UNKNOWN_CALLER -> unknown(ctx, authorization != null);
      case LACKS_THE_RIGHT -> forbidden(ctx, needed.get());
    };
  }

  /** Whether the caller of a request that was let in may do something else, too. */
  public boolean allows(Right right, ServiceRequestContext ctx) {
    String authorization = ctx.request().headers().get(HttpHeaderNames.AUTHORIZATION);
    return door.judge(right, authorization, ctx.sslSession()) == Doorkeeper.Verdict.LET_IN;
  }

  private static HttpResponse unknown(ServiceRequestContext ctx, boolean given) {
    return refused(
        ctx,
        CHALLENGE + (given ? ", error=\"invalid_token\"" : ""),
        Problem.of(
            401,
            "unauthenticated",
            "Who are you?",
            "no known token or certificate (expected: the header Authorization: Bearer TOKEN)"));
  }

  private static HttpResponse forbidden(ServiceRequestContext ctx, Right needed) {
    return refused(
        ctx,
        CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + needed.word() + "\"",
        Problem.of(
            403,
            "forbidden",
            "Not allowed",
            "needs the right " + needed.word() + ", which this caller does not have"));
  }

  private static HttpResponse refused(
      ServiceRequestContext ctx, String challenge, Problem problem) {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.valueOf(problem.status()))
            .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
            .set(HttpHeaderNames.WWW_AUTHENTICATE, challenge)
            .build(),
        HttpData.ofUtf8(ProblemForm.of(problem, ctx.path())));
  }

  /** A key that is read again when its file changes, in the form that Netty takes. */
  private static final class OneKey extends SimpleKeyManagerFactory {
    private final KeyManager key;

    OneKey(KeyManager key) {
      this.key = key;
    }

    @Override
    protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {}

    @Override
    protected void engineInit(@Nullable ManagerFactoryParameters parameters) {}

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return new KeyManager[] {key};
    }
  }
}
