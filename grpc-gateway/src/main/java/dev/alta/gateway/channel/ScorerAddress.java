package dev.alta.gateway.channel;

import dev.alta.core.admit.FileWatch;
import dev.alta.core.admit.Identity;
import dev.alta.core.admit.TrustedRoots;
import dev.alta.core.admit.Watched;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where a scorer is reached, and as whom.
 *
 * @param places host and port of each replica; a name may stand for several
 * @param tls with what connections are encrypted; empty: they are not
 * @param token what the scorer knows this gateway by; empty: its certificate, or nothing
 */
public record ScorerAddress(List<Listen> places, Optional<Tls> tls, Optional<Token> token) {
  private static final Duration LOOK_AT_FILES = Duration.ofSeconds(5);
  private static final Duration RECONNECT_EVERY = Duration.ofSeconds(1);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /**
   * Files in PEM form, read again when they change.
   *
   * @param roots who signs the scorer's certificate
   * @param identity the certificate that this gateway shows; empty: none
   */
  public record Tls(Path roots, Optional<OwnCertificate> identity) {}

  /**
   * Files in PEM form, read again when they change.
   *
   * @param certificate with those between it and the root
   * @param key its private key, not encrypted
   */
  public record OwnCertificate(Path certificate, Path key) {}

  /** A secret that the scorer knows this gateway by. */
  public sealed interface Token {
    /** As it was given. */
    record Given(String secret) implements Token {}

    /** On the only line of a file, which is read again when it changes. */
    record InFile(Path file) implements Token {}
  }

  /**
   * Checks that nothing crosses the network without encryption.
   *
   * @throws CannotStartException if a replica is beyond this machine and there is no TLS
   */
  public ScorerAddress {
    places = List.copyOf(places);
    for (Listen place : places) {
      if (tls.isEmpty() && !place.isLoopback()) {
        throw new CannotStartException(
            "scorer: "
                + place.host()
                + " (expected: a loopback address, or scorer-tls-roots; without, patient data and"
                + " tokens would cross the network without encryption)");
      }
    }
  }

  /** On this machine, without encryption. */
  public static ScorerAddress onLoopback(int port) {
    return new ScorerAddress(List.of(Listen.onLoopback(port)), Optional.empty(), Optional.empty());
  }

  /** A channel, and what it is made of. */
  public static final class Open implements AutoCloseable {
    private final List<ManagedChannel> connections;
    private final Channel channel;
    private final FileWatch watch;
    private final Reconnecting reconnecting;

    private Open(List<ManagedChannel> connections, Channel channel, FileWatch watch) {
      this.connections = connections;
      this.channel = channel;
      this.watch = watch;
      this.reconnecting = new Reconnecting(connections, RECONNECT_EVERY);
    }

    public Channel channel() {
      return channel;
    }

    @Override
    public void close() {
      watch.close();
      reconnecting.close();
      connections.forEach(ManagedChannel::shutdownNow);
    }
  }

  /**
   * Opens a channel, which connects once it is used, to each replica, asks them in turn, and
   * connects again where it has lost one.
   *
   * @param metrics where it shows whether the scorer is given up for now
   * @throws CannotStartException if a file cannot be read
   */
  public Open open(MeterRegistry metrics) {
    List<Watched> watched = new ArrayList<>();
    ChannelCredentials credentials = credentials(watched);
    ManagedChannel healthy = connect(credentials, ServiceConfig.ofHealthy());
    ManagedChannel any = connect(credentials, ServiceConfig.of());
    Channel channel = new ByHealth(healthy, any);
    if (token.isPresent()) {
      BearerToken bearer = BearerToken.of(token.get());
      watched.add(bearer);
      channel = ClientInterceptors.intercept(channel, bearer);
    }
    channel = ClientInterceptors.intercept(channel, new Breaker(metrics));
    return new Open(List.of(healthy, any), channel, new FileWatch(watched, LOOK_AT_FILES));
  }

  private ManagedChannel connect(ChannelCredentials credentials, Map<String, ?> serviceConfig) {
    return Grpc.newChannelBuilder(Replicas.target(places), credentials)
        .defaultServiceConfig(serviceConfig)
        .disableServiceConfigLookUp()
        .maxRetryAttempts(ServiceConfig.ATTEMPTS)
        .keepAliveTime(LONGEST_SILENCE.toSeconds(), TimeUnit.SECONDS)
        .build();
  }

  private ChannelCredentials credentials(List<Watched> watched) {
    if (tls.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    TrustedRoots roots = TrustedRoots.ofServer("scorer-tls-roots", tls.get().roots());
    watched.add(roots);
    TlsChannelCredentials.Builder credentials =
        TlsChannelCredentials.newBuilder().trustManager(roots.trustManager());
    tls.get()
        .identity()
        .map(own -> new Identity("scorer-tls", own.certificate(), own.key()))
        .ifPresent(
            identity -> {
              watched.add(identity);
              credentials.keyManager(identity.keyManager());
            });
    return credentials.build();
  }
}
