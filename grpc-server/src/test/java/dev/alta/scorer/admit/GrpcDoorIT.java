package dev.alta.scorer.admit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.alta.core.admit.AdmitSettings;
import dev.alta.core.admit.Doorkeeper;
import dev.alta.core.life.Listen;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.testing.certificate.TestCertificates;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class GrpcDoorIT {
  private static final Status.Code UNAUTHENTICATED = Status.Code.UNAUTHENTICATED;

  private static final String EARLY = "early-0123456789ab";
  private static final String LATE = "late-0123456789abc";
  private static final String LATER = "answered-later";

  @TempDir Path folder;

  private final BlockingQueue<StreamObserver<GetModelResponse>> held = new LinkedBlockingQueue<>();

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
            false);
    try (Doorkeeper door = new Doorkeeper(settings, Duration.ofMillis(50))) {
      Server server =
          NettyServerBuilder.forAddress(
                  Listen.onLoopback(0).address(), new GrpcDoor(door).credentials())
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

  @Test
  void knowsClientsByNewRootsAndNewTokensOnceTheyAreThere() throws Exception {
    TestCertificates.write(folder, "server", "scorer");
    TestCertificates.write(folder, "first", "gateway");
    TestCertificates.write(folder, "second", "gateway");
    Path roots = Files.copy(folder.resolve("first.crt"), folder.resolve("roots.crt"));
    Path tokens = Files.writeString(folder.resolve("tokens"), "predict name gateway\n");
    AdmitSettings settings =
        new AdmitSettings(
            Optional.of(
                new AdmitSettings.Tls(
                    folder.resolve("server.crt"),
                    folder.resolve("server.key"),
                    Optional.of(roots))),
            Optional.of(tokens),
            "",
            false);
    try (Doorkeeper door = new Doorkeeper(settings, Duration.ofMillis(50))) {
      Server server = guarded(door);
      assertThat(modelFor(server, "first", "")).isEqualTo(Status.Code.OK);
      assertThat(modelFor(server, "second", "")).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(modelFor(server, "", "late-0123456789abc")).isEqualTo(UNAUTHENTICATED);

      Files.writeString(roots, "no certificate");
      Files.copy(folder.resolve("second.crt"), roots, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(tokens, "predict name gateway\npredict late-0123456789abc\n");
      while (modelFor(server, "second", "") != Status.Code.OK
          || modelFor(server, "", "late-0123456789abc") != Status.Code.OK) {
        Thread.onSpinWait();
      }

      assertThat(modelFor(server, "first", "")).isEqualTo(Status.Code.UNAVAILABLE);
      server.shutdownNow().awaitTermination();
    }
  }

  @Test
  void losesNoCallWhileCertificateAndTokensChange() throws Exception {
    TestCertificates.write(folder, "server", "old");
    Path old = Files.copy(folder.resolve("server.crt"), folder.resolve("old.crt"));
    Path tokens = Files.writeString(folder.resolve("tokens"), "predict " + EARLY + "\n");
    AdmitSettings.Tls tls =
        new AdmitSettings.Tls(
            folder.resolve("server.crt"), folder.resolve("server.key"), Optional.empty());
    AdmitSettings settings = new AdmitSettings(Optional.of(tls), Optional.of(tokens), "", false);
    try (Doorkeeper door = new Doorkeeper(settings, Duration.ofMillis(50))) {
      Server server = guarded(door);
      ManagedChannel open = channel(server, old);
      ListenableFuture<GetModelResponse> underWay =
          ReadmissionServiceGrpc.newFutureStub(open)
              .withInterceptors(bearing(EARLY))
              .getModel(GetModelRequest.newBuilder().setModel(LATER).build());
      StreamObserver<GetModelResponse> unanswered = held.take();
      AtomicBoolean changed = new AtomicBoolean();
      CompletableFuture<Integer> calling =
          CompletableFuture.supplyAsync(() -> callsUntil(changed, open));

      TestCertificates.write(folder, "server", "new");
      Files.writeString(tokens, "predict " + EARLY + "\npredict " + LATE + "\n");
      while (modelFor(server, "", LATE) != Status.Code.OK) {
        Thread.onSpinWait();
      }
      changed.set(true);
      assertThat(calling.join()).isPositive();
      // Who trusts the old certificate alone comes too late: the open connection is of before.
      ManagedChannel late = channel(server, old);
      assertThat(model(late, LATE)).isEqualTo(Status.Code.UNAVAILABLE);
      late.shutdownNow();
      assertThat(model(open, LATE)).isEqualTo(Status.Code.OK);

      Files.writeString(tokens, "predict " + LATE + "\n");
      while (model(open, EARLY) == Status.Code.OK) {
        Thread.onSpinWait();
      }
      assertThat(model(open, EARLY)).isEqualTo(UNAUTHENTICATED);
      unanswered.onNext(GetModelResponse.getDefaultInstance());
      unanswered.onCompleted();
      assertThat(underWay.get()).isEqualTo(GetModelResponse.getDefaultInstance());
      open.shutdownNow();
      server.shutdownNow().awaitTermination();
    }
  }

  /** How many calls were answered; one that is not ends it with what it was refused by. */
  private static int callsUntil(AtomicBoolean end, ManagedChannel channel) {
    int answered = 0;
    while (!end.get() || answered == 0) {
      assertThat(model(channel, EARLY)).isEqualTo(Status.Code.OK);
      answered++;
    }
    return answered;
  }

  /** A service behind the door; what asks for {@link #LATER} is held. */
  private Server guarded(Doorkeeper door) throws Exception {
    return NettyServerBuilder.forAddress(
            Listen.onLoopback(0).address(), new GrpcDoor(door).credentials())
        .intercept(new GrpcDoor(door))
        .addService(
            new ReadmissionServiceGrpc.ReadmissionServiceImplBase() {
              @Override
              public void getModel(
                  GetModelRequest request, StreamObserver<GetModelResponse> reply) {
                if (request.getModel().equals(LATER)) {
                  held.add(reply);
                  return;
                }
                reply.onNext(GetModelResponse.getDefaultInstance());
                reply.onCompleted();
              }
            })
        .build()
        .start();
  }

  /** What a client with a certificate, or a token, gets. */
  private Status.Code modelFor(Server server, String identity, String token) throws Exception {
    TlsChannelCredentials.Builder credentials =
        TlsChannelCredentials.newBuilder().trustManager(folder.resolve("server.crt").toFile());
    if (!identity.isEmpty()) {
      credentials.keyManager(
          folder.resolve(identity + ".crt").toFile(), folder.resolve(identity + ".key").toFile());
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort(), credentials.build()).build();
    try {
      return model(channel, token);
    } finally {
      channel.shutdownNow();
    }
  }

  private static Status.Code model(ManagedChannel channel, String token) {
    try {
      ReadmissionServiceGrpc.newBlockingStub(channel)
          .withInterceptors(bearing(token))
          .getModel(GetModelRequest.getDefaultInstance());
      return Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }

  private static ClientInterceptor bearing(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
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
