package dev.alta.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class ReconnectingTest {
  /** For so many gRPC by itself would take more than an hour. */
  private static final int TRIES = 40;

  @Test
  void triesAgainAndAgainWhereAReplicaIsAway() throws Exception {
    try (ServerSocket away = new ServerSocket(0, TRIES, InetAddress.getLoopbackAddress())) {
      ManagedChannel channel =
          Grpc.newChannelBuilder(
                  "127.0.0.1:" + away.getLocalPort(), InsecureChannelCredentials.create())
              .defaultServiceConfig(ServiceConfig.of())
              .build();
      try (Reconnecting unused = new Reconnecting(List.of(channel), Duration.ofMillis(10))) {
        assertThat(unused).isNotNull();
        assertThat(channel.getState(true)).isNotNull();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
          try (Socket tried = away.accept()) {
            assertThat(tried.isConnected()).isTrue();
          }
        }
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
