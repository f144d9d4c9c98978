package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.bundle.VisitModels;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Manifest;
import java.time.Clock;
import java.util.Map;
import java.util.Random;

/** A registry of models of visits, and what goes into it. */
final class TestRegistry {
  private TestRegistry() {}

  static StoreSettings settings(S3Endpoint endpoint, String bucket) {
    return new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), bucket);
  }

  static Registry on(ObjectStore store) {
    return new Registry(store, "visits", Clock.systemUTC());
  }

  /** A model that loads, with attachments of some size. */
  static Publication publication(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return new Publication(
        VisitModels.falls().build(),
        ByteString.copyFrom(content),
        Manifest.newBuilder().setRun("train_model_auroc").build(),
        version ->
            Map.of(
                "card.html", ByteString.copyFrom(content),
                "split-certificate.json", ByteString.copyFromUtf8("{}")));
  }

  static Decision draft(DecisionKind kind, int version) {
    return Decision.newBuilder()
        .setKind(kind)
        .setVersion(Integer.toString(version))
        .setWho("test")
        .setReason("because of " + version)
        .build();
  }
}
