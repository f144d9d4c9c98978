package dev.alta.scorer.admit;

import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.DaemonThreads;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers in by {@link AdmitSettings}. Reads its files again every few seconds; connections
 * that are open stay.
 */
public final class Doorkeeper implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "Bearer ";

  private final AdmitSettings settings;
  private final List<KeyFile> files = new ArrayList<>();
  private final List<Keys> given = new ArrayList<>();
  private final @Nullable Identity identity;
  private final @Nullable ClientRoots clientRoots;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("alta-admit"));

  /**
   * Reads everything.
   *
   * @param every how often the files are looked at
   * @throws CannotStartException if a file cannot be read or says something else than expected
   */
  public Doorkeeper(AdmitSettings settings, Duration every) {
    this.settings = settings;
    settings.tokenFile().ifPresent(file -> files.add(new KeyFile(file)));
    if (!settings.tokens().isEmpty()) {
      given.add(Keys.read("tokens", List.of(settings.tokens().split(","))));
    }
    this.identity = settings.tls().map(Identity::new).orElse(null);
    this.clientRoots =
        settings.tls().flatMap(AdmitSettings.Tls::clientRoots).map(ClientRoots::new).orElse(null);
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void look() {
    files.forEach(KeyFile::look);
    if (identity != null) {
      identity.look();
    }
    if (clientRoots != null) {
      clientRoots.look();
    }
  }

  /** With what a gRPC server encrypts; empty where it does not. */
  public Optional<ServerCredentials> credentials() {
    if (identity == null) {
      return Optional.empty();
    }
    TlsServerCredentials.Builder credentials =
        TlsServerCredentials.newBuilder().keyManager(identity.keyManager());
    if (clientRoots != null) {
      credentials.trustManager(clientRoots.trustManager());
      // Without a certificate, a token may do.
      credentials.clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL);
    }
    return Optional.of(credentials.build());
  }

  /** With what an HTTP server encrypts; empty where it does not. */
  public Optional<SSLContext> https() {
    if (identity == null) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {identity.keyManager()}, null, null);
      return Optional.of(context);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JVM has TLS", impossible);
    }
  }

  /** Makes sure that each method of a server has its right. */
  public static void requireRights(List<ServerServiceDefinition> services) {
    MethodRights.requireAll(services);
  }

  /**
   * Whether a caller may do something.
   *
   * @param authorization the header of that name; null where there is none
   */
  public boolean allows(Right right, @Nullable String authorization) {
    return !settings.asksForTokens() || ofToken(authorization).contains(right);
  }

  public ServerInterceptor interceptor() {
    return this::intercept;
  }

  private <Q, A> ServerCall.Listener<Q> intercept(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!settings.asksForTokens()) {
      return next.startCall(call, headers);
    }
    Optional<Right> needed = MethodRights.of(call.getMethodDescriptor().getFullMethodName());
    if (needed.isEmpty()) {
      return next.startCall(call, headers);
    }
    Set<Right> rights = EnumSet.noneOf(Right.class);
    rights.addAll(ofToken(headers.get(AUTHORIZATION)));
    for (String name : PeerNames.of(call.getAttributes())) {
      all().forEach(keys -> rights.addAll(keys.ofName(name)));
    }
    if (rights.contains(needed.get())) {
      return next.startCall(call, headers);
    }
    call.close(
        rights.isEmpty()
            ? Status.UNAUTHENTICATED.withDescription(
                "no known token or certificate (expected: the header authorization: Bearer TOKEN)")
            : Status.PERMISSION_DENIED.withDescription(
                "needs the right " + needed.get().word() + ", which this caller does not have"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private Set<Right> ofToken(@Nullable String authorization) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    if (authorization != null && authorization.startsWith(BEARER)) {
      String token = authorization.substring(BEARER.length());
      all().forEach(keys -> rights.addAll(keys.ofToken(token)));
    }
    return rights;
  }

  private List<Keys> all() {
    List<Keys> all = new ArrayList<>(given);
    files.forEach(file -> all.add(file.keys()));
    return all;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
