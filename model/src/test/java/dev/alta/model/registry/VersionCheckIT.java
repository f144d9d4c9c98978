package dev.alta.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.bundle.VisitModels;
import dev.alta.model.registry.Verification.CheckedObject;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionCheckIT {
  private static final String FOLDER = "models/visits/versions/1/";
  @TempDir static Path folder;
  private static S3Endpoint endpoint;
  private static int buckets;

  private final long seed = Long.getLong("alta.seed", System.nanoTime());
  private ObjectStore store;
  private Registry registry;

  @BeforeAll
  static void start() throws IOException {
    endpoint = S3Endpoint.start(folder.resolve("store"));
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @BeforeEach
  void publish() {
    store = ObjectStore.open(TestRegistry.settings(endpoint, "checks-" + ++buckets));
    registry = TestRegistry.on(store);
    registry.publish(TestRegistry.publication(1_000));
  }

  @Test
  void findsNothingWrongWithAVersionAsItWasWritten() {
    Verification verification = verify();
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.ok()).isTrue();
    assertThat(verification.objects())
        .extracting(CheckedObject::name)
        .containsExactly(
            "manifest.json",
            "manifest.sha256",
            "model.pb",
            "native.json",
            "card.html",
            "split-certificate.json");
    assertThat(verification.objects()).allSatisfy(o -> assertThat(o.size()).isPositive());
  }

  @Test
  void findsAndNamesOneFlippedByteInAnyObject() {
    Random random = new Random(seed);
    for (CheckedObject object : verify().objects()) {
      ObjectStore.Fetched whole = store.get(FOLDER + object.name(), 1 << 20);
      byte[] bytes = whole.bytes().toByteArray();
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(7));
      String flipped =
          store.replace(FOLDER + object.name(), ByteString.copyFrom(bytes), whole.etag());
      assertThat(verify().findings())
          .as("byte %d of %s, seed %d", at, object.name(), seed)
          .isNotEmpty()
          .allSatisfy(finding -> assertThat(finding).contains(object.name()));
      store.replace(FOLDER + object.name(), whole.bytes(), flipped);
    }
    assertThat(verify().ok()).isTrue();
  }

  @Test
  void namesWhatIsMissingAndWhatIsTooMuch() {
    try (FileStore files = FileStore.of(TestRegistry.settings(endpoint, "checks-" + buckets))) {
      files.delete(FOLDER + "card.html");
      files.delete(FOLDER + "manifest.sha256");
    }
    store.create(FOLDER + "notes.txt", ByteString.copyFromUtf8("mine"));
    assertThat(verify().findings())
        .containsExactly(
            FOLDER + "manifest.sha256: damaged: not there (expected: the digest of manifest.json)",
            FOLDER + "card.html: damaged: not there (expected: 1000 bytes)",
            FOLDER + "notes.txt: not in the manifest (expected: listed there)");
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.attachment(1, "card.html"));
  }

  @Test
  void findsAManifestThatWasReplacedTogetherWithItsDigest() {
    registry.decide(registry.history(), TestRegistry.draft(DecisionKind.PROMOTED, 1));
    ByteString other =
        Documents.write(registry.manifest(1).orElseThrow().toBuilder().setRun("another").build());
    store.put(FOLDER + "manifest.json", other);
    store.put(FOLDER + "manifest.sha256", ManifestDocument.digestFile(other));
    assertThat(verify().findings())
        .singleElement()
        .asString()
        .startsWith(FOLDER + "manifest.json: damaged: sha256 ");
  }

  @Test
  void refusesNamesThatArePathsAndSizesThatNoMemoryHolds() {
    Manifest manifest = registry.manifest(1).orElseThrow();
    ByteString tricky =
        Documents.write(
            manifest.toBuilder()
                .addObjects(StoredObject.newBuilder().setName("../../aliases/champion").setSize(1))
                .addObjects(StoredObject.newBuilder().setName("a\u0000.html").setSize(1))
                .addObjects(StoredObject.newBuilder().setName("huge.html").setSize(1L << 60))
                .addObjects(StoredObject.newBuilder().setName("less.html").setSize(-1))
                .build());
    store.put(FOLDER + "manifest.json", tricky);
    store.put(FOLDER + "manifest.sha256", ManifestDocument.digestFile(tricky));
    assertThat(verify().findings())
        .satisfiesExactly(
            path -> assertThat(path).contains("../../aliases/champion: damaged: no name"),
            control -> assertThat(control).contains("damaged: no name of an object"),
            huge ->
                assertThat(huge).contains("huge.html: damaged: said to have 1152921504606846976"),
            less -> assertThat(less).contains("less.html: damaged: said to have -1 bytes"));
  }

  @Test
  void loadsTheModelAndLetsItAnswerItsSamples() {
    registry.publish(
        Publication.of(
            VisitModels.falls().setRiskScale(VisitModels.falls().getRiskScale()).build(),
            ByteString.copyFromUtf8("{}"),
            Manifest.getDefaultInstance()));
    registry.publish(
        Publication.of(
            VisitModels.falls()
                .addSamples(
                    VisitModels.falls().getSamples(0).toBuilder().putEncounter("falls", "0"))
                .build(),
            ByteString.copyFromUtf8("{}"),
            Manifest.getDefaultInstance()));
    assertThat(registry.verify(2, VisitModels.CONTRACT).ok()).isTrue();
    assertThat(registry.verify(3, VisitModels.CONTRACT).findings())
        .singleElement()
        .asString()
        .contains("versions/3/model.pb: does not load: model visits: sample 2: probability of no");
  }

  private Verification verify() {
    return registry.verify(1, VisitModels.CONTRACT);
  }
}
