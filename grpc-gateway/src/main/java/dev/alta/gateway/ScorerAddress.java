package dev.alta.gateway;

import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a scorer is reached, and as whom.
 *
 * @param place host and port
 * @param tls with what the connection is encrypted; empty: it is not
 * @param token what the scorer knows this gateway by; empty: nothing, or its certificate
 */
public record ScorerAddress(Listen place, Optional<Tls> tls, Optional<String> token) {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /**
   * Files in PEM form.
   *
   * @param roots who signs the scorer's certificate
   * @param identity the certificate that this gateway shows; empty: none
   */
  public record Tls(Path roots, Optional<Identity> identity) {}

  /**
   * Files in PEM form.
   *
   * @param certificate with those between it and the root
   * @param key its private key, not encrypted
   */
  public record Identity(Path certificate, Path key) {}

  /**
   * Checks that nothing crosses the network without encryption.
   *
   * @throws CannotStartException if the scorer is beyond this machine and there is no TLS
   */
  public ScorerAddress {
    if (tls.isEmpty() && !place.isLoopback()) {
      throw new CannotStartException(
          "scorer: "
              + place.host()
              + " (expected: a loopback address, or scorer-tls-roots; without, patient data and"
              + " tokens would cross the network without encryption)");
    }
  }

  /** On this machine, without encryption. */
  public static ScorerAddress onLoopback(int port) {
    return new ScorerAddress(Listen.onLoopback(port), Optional.empty(), Optional.empty());
  }

  /**
   * Opens a channel, which connects once it is used and again when it has lost the connection.
   *
   * @throws CannotStartException if a file cannot be read
   */
  public ManagedChannel open() {
    ManagedChannelBuilder<?> channel =
        Grpc.newChannelBuilderForAddress(place.host(), place.port(), credentials());
    token.ifPresent(
        secret -> {
          Metadata headers = new Metadata();
          headers.put(AUTHORIZATION, "Bearer " + secret);
          channel.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
        });
    return channel.build();
  }

  private ChannelCredentials credentials() {
    if (tls.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    Tls files = tls.get();
    try {
      TlsChannelCredentials.Builder credentials =
          TlsChannelCredentials.newBuilder().trustManager(files.roots().toFile());
      if (files.identity().isPresent()) {
        Identity identity = files.identity().get();
        credentials.keyManager(identity.certificate().toFile(), identity.key().toFile());
      }
      return credentials.build();
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new CannotStartException(
          "scorer-tls: " + unreadable.getMessage() + " (expected: certificates and a key, PEM)",
          unreadable);
    }
  }
}
