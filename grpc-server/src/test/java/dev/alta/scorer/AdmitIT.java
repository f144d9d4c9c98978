package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.admit.AdmitSettings;
import dev.alta.core.admit.Right;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.testing.certificate.TestCertificates;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A scorer that listens on all addresses, with encryption and tokens. */
@Timeout(300)
final class AdmitIT {
  private static final String PREDICTS = "predicts-0123456789";
  private static final String ADMINISTERS = "administers-0123456789";
  private static final String SCRAPES = "scrapes-0123456789";
  private static final String[] OPEN_AND_METRICS = {"/health", "/ready", "/metrics"};

  @TempDir static Path folder;

  private static S3Endpoint endpoint;
  private static ObjectStore store;
  private static Scorer scorer;

  @BeforeAll
  static void start() throws Exception {
    endpoint = S3Endpoint.start(folder.resolve("store"));
    store =
        ObjectStore.open(
            new StoreSettings(
                endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models"));
    Registry registry = new Registry(store, "readmission", Clock.systemUTC());
    registry.publish(SmallModels.publication(1));
    registry.setAlias("champion", 1, Optional.empty(), "first");
    TestCertificates.write(folder, "server", "scorer");
    TestCertificates.write(folder, "client", "gateway");
    Files.writeString(
        folder.resolve("tokens"),
        "predict %s\nadmin %s\nmetrics %s\npredict name gateway\n"
            .formatted(PREDICTS, ADMINISTERS, SCRAPES));
    scorer = start(everywhere(), admit(), registry);
    ManagedChannel channel = channel(TlsChannelCredentials.newBuilder());
    Serving.await(channel);
    channel.shutdownNow();
  }

  @AfterAll
  static void stop() {
    scorer.close();
    store.close();
    endpoint.close();
  }

  @Test
  void asksForTheRightOfEachMethodAndForNoOther() throws Exception {
    Registry registry = new Registry(store, "readmission", Clock.systemUTC());
    // With all that it can offer.
    ScorerSettings telling =
        ScorerSettings.of(everywhere(), everywhere()).withAdmit(admit()).withReflection(true);
    try (Scorer all = start(telling, registry)) {
      MethodTable.requireAll(all.services());
      ManagedChannel channel = channel(all, TlsChannelCredentials.newBuilder());
      ManagedChannel known = channel(all, certified());
      Serving.await(channel);
      for (MethodDescriptor<?, ?> method : MethodTable.methods(all.services())) {
        MethodTable.check(method, channel, "", Optional.empty());
        MethodTable.check(method, channel, "unknown-0123456789", Optional.empty());
        MethodTable.check(method, channel, PREDICTS, Optional.of(Right.PREDICT));
        MethodTable.check(method, channel, ADMINISTERS, Optional.of(Right.ADMIN));
        MethodTable.check(method, channel, SCRAPES, Optional.of(Right.METRICS));
        MethodTable.check(method, known, "", Optional.of(Right.PREDICT));
      }
      channel.shutdownNow();
      known.shutdownNow();
    }
  }

  @Test
  void asksForTheRightOfEachPathBesideTheMetrics() throws Exception {
    assertThat(MetricsServer.PATHS.keySet()).containsExactlyInAnyOrder(OPEN_AND_METRICS);
    for (String token : List.of("", "unknown-0123456789", PREDICTS, ADMINISTERS, SCRAPES)) {
      int refused = List.of(PREDICTS, ADMINISTERS).contains(token) ? 403 : 401;
      boolean scrapes = token.equals(SCRAPES);
      assertThat(status("/health", token)).as(token).isEqualTo(200);
      assertThat(status("/ready/", token)).as(token).isEqualTo(200);
      assertThat(status("/metrics", token)).as(token).isEqualTo(scrapes ? 200 : refused);
      assertThat(status("/metrics/", token)).as(token).isEqualTo(scrapes ? 200 : refused);
      assertThat(status("/nowhere", token)).as(token).isEqualTo(scrapes ? 404 : refused);
    }
  }

  @Test
  void doesNotTellItsMethodsBeyondThisMachine() {
    assertThat(scorer.services())
        .extracting(service -> service.getServiceDescriptor().getName())
        .contains(ReadmissionServiceGrpc.SERVICE_NAME)
        .doesNotContain(ServerReflectionGrpc.SERVICE_NAME);
  }

  @Test
  void tellsItsMethodsBeyondThisMachineIfAskedToAndToWhoMayPredictOnly() throws Exception {
    Registry registry = new Registry(store, "readmission", Clock.systemUTC());
    ScorerSettings telling =
        ScorerSettings.of(everywhere(), everywhere()).withAdmit(admit()).withReflection(true);
    try (Scorer other = start(telling, registry)) {
      ManagedChannel channel = channel(other, TlsChannelCredentials.newBuilder());
      assertThat(reflect(channel, PREDICTS).await(1).get(0).toString())
          .contains(ReadmissionServiceGrpc.SERVICE_NAME);
      assertThat(reflect(channel, SCRAPES).end().getCode())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      channel.shutdownNow();
    }
    ManagedChannel channel = channel(TlsChannelCredentials.newBuilder());
    assertThat(reflect(channel, PREDICTS).end().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    channel.shutdownNow();
  }

  /** Asks for the names of all services. */
  private static Answers<ServerReflectionRequest, ServerReflectionResponse> reflect(
      ManagedChannel channel, String token) {
    Answers<ServerReflectionRequest, ServerReflectionResponse> answers = new Answers<>(1);
    ServerReflectionGrpc.newStub(channel)
        .withInterceptors(bearing(token))
        .serverReflectionInfo(answers)
        .onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    return answers;
  }

  @Test
  void startsBeyondThisMachineOnlyProtectedOrIfToldSo() {
    Registry registry = new Registry(store, "readmission", Clock.systemUTC());
    AdmitSettings withoutTokens = new AdmitSettings(admit().tls(), Optional.empty(), "", false);
    AdmitSettings insecure = new AdmitSettings(Optional.empty(), Optional.empty(), "", true);

    for (AdmitSettings open : new AdmitSettings[] {AdmitSettings.ANYONE, withoutTokens}) {
      assertThatThrownBy(() -> start(everywhere(), open, registry))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("tls-cert, tls-key and token-file; or insecure");
    }
    start(everywhere(), insecure, registry).close();
  }

  private static Listen everywhere() {
    return new Listen("0.0.0.0", 0);
  }

  private static AdmitSettings admit() {
    return new AdmitSettings(
        Optional.of(
            new AdmitSettings.Tls(
                folder.resolve("server.crt"),
                folder.resolve("server.key"),
                Optional.of(folder.resolve("client.crt")))),
        Optional.of(folder.resolve("tokens")),
        "",
        false);
  }

  private static Scorer start(Listen listen, AdmitSettings admit, Registry registry) {
    return start(ScorerSettings.of(listen, listen).withAdmit(admit), registry);
  }

  private static Scorer start(ScorerSettings settings, Registry registry) {
    return Scorer.start(
        settings, () -> registry, null, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  private static TlsChannelCredentials.Builder certified() throws Exception {
    return TlsChannelCredentials.newBuilder()
        .keyManager(folder.resolve("client.crt").toFile(), folder.resolve("client.key").toFile());
  }

  private static ManagedChannel channel(TlsChannelCredentials.Builder credentials)
      throws Exception {
    return channel(scorer, credentials);
  }

  private static ManagedChannel channel(Scorer asked, TlsChannelCredentials.Builder credentials)
      throws Exception {
    ChannelCredentials trusting =
        credentials.trustManager(folder.resolve("server.crt").toFile()).build();
    return NettyChannelBuilder.forAddress("127.0.0.1", asked.port(), trusting).build();
  }

  private static ClientInterceptor bearing(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private static int status(String path, String token) throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + scorer.metricsPort() + path);
    HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
    connection.setSSLSocketFactory(trusting().getSocketFactory());
    if (!token.isEmpty()) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    return connection.getResponseCode();
  }

  private static SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, TestCertificates.trusting(folder.resolve("server.crt")), null);
    return context;
  }
}
