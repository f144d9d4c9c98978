package dev.alta.scorer.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.life.Listen;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DoorkeeperIT {
  @TempDir Path folder;

  @Test
  void showsANewCertificateOnceItIsThereAndKeepsTheConnectionsThatAreOpen() throws Exception {
    TestCertificates.write(folder, "server", "old");
    Path old = Files.copy(folder.resolve("server.crt"), folder.resolve("old.crt"));
    AdmitSettings settings =
        new AdmitSettings(
            Optional.of(
                new AdmitSettings.Tls(
                    folder.resolve("server.crt"), folder.resolve("server.key"), Optional.empty())),
            Optional.empty(),
            "",
            false,
            false);
    try (Doorkeeper door = new Doorkeeper(settings, Duration.ofMillis(50))) {
      Server server =
          NettyServerBuilder.forAddress(
                  Listen.onLoopback(0).address(), door.credentials().orElseThrow())
              .addService(new HealthStatusManager().getHealthService())
              .build()
              .start();
      ManagedChannel open = channel(server, old);
      assertThat(serves(open)).isTrue();

      TestCertificates.write(folder, "server", "new");
      while (!servesWhoTrusts(server, folder.resolve("server.crt"))) {
        Thread.onSpinWait();
      }

      assertThat(serves(open)).isTrue();
      assertThat(servesWhoTrusts(server, old)).isFalse();
      open.shutdownNow();
      server.shutdownNow().awaitTermination();
    }
  }

  private static boolean servesWhoTrusts(Server server, Path certificate) throws Exception {
    ManagedChannel channel = channel(server, certificate);
    try {
      return serves(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  private static boolean serves(ManagedChannel channel) {
    try {
      return HealthGrpc.newBlockingStub(channel)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus()
          .equals(ServingStatus.SERVING);
    } catch (StatusRuntimeException notTrusted) {
      return false;
    }
  }

  private static ManagedChannel channel(Server server, Path trusted) throws Exception {
    return NettyChannelBuilder.forAddress(
            "127.0.0.1",
            server.getPort(),
            TlsChannelCredentials.newBuilder().trustManager(trusted.toFile()).build())
        .build();
  }
}
