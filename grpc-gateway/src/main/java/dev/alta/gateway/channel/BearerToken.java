package dev.alta.gateway.channel;

import dev.alta.core.admit.Watched;
import dev.alta.core.life.CannotStartException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says with each call who calls. */
final class BearerToken implements ClientInterceptor, Watched {
  private static final Logger log = LoggerFactory.getLogger(BearerToken.class);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ScorerAddress.Token source;
  private volatile String token;

  private BearerToken(ScorerAddress.Token source) {
    this.source = source;
    this.token = read();
  }

  /**
   * Reads the token.
   *
   * @throws CannotStartException if there is none
   */
  static BearerToken of(ScorerAddress.Token source) {
    return new BearerToken(source);
  }

  @Override
  public void look() {
    try {
      String found = read();
      if (!found.equals(token)) {
        token = found;
        log.info("the token for the scorer has changed and was read again");
      }
    } catch (CannotStartException wrong) {
      log.warn("the token of before is shown on: {}", wrong.getMessage());
    }
  }

  private String read() {
    if (source instanceof ScorerAddress.Token.Given given) {
      return given.secret();
    }
    return line(((ScorerAddress.Token.InFile) source).file());
  }

  private static String line(Path file) {
    try {
      String read = Files.readString(file).strip();
      if (read.isEmpty() || read.contains("\n")) {
        throw new CannotStartException("scorer-token-file: " + file + " (expected: one line)");
      }
      return read;
    } catch (IOException unreadable) {
      throw new CannotStartException(
          "scorer-token-file: " + file + " (expected: a readable file)", unreadable);
    }
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        headers.put(AUTHORIZATION, "Bearer " + token);
        super.start(listener, headers);
      }
    };
  }
}
