package dev.alta.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import dev.alta.embedded.S3Endpoint;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryIT {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final String MANIFEST = "models/readmission/versions/1/manifest.json";
  private static final ByteString TREES = ByteString.copyFromUtf8("{\"trees\":[]}");
  @TempDir static Path folder;
  private static S3Endpoint endpoint;
  private static int buckets;

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
  void openAnEmptyBucket() {
    store = ObjectStore.open(settings("models-" + ++buckets));
    registry = new Registry(store, "readmission", CLOCK);
  }

  @Test
  void givesBackWhatWasPublished() {
    Manifest manifest = registry.publish(publication("a"));
    StoredModel loaded = registry.load("1");
    assertThat(manifest.getVersion()).isEqualTo("1");
    assertThat(manifest.getCreatedAt()).isEqualTo("2026-11-21T12:00:00Z");
    assertThat(loaded).isEqualTo(new StoredModel(1, manifest, publication("a").model()));
    assertThat(registry.nativeModel(1)).isEqualTo(TREES);
    assertThat(registry.manifest(1)).contains(manifest);
    assertThat(registry.versions()).containsExactly(1);
  }

  @Test
  void writesAManifestThatPeopleCanRead() {
    registry.publish(publication("a"));
    assertThat(text("models/readmission/versions/1/manifest.json"))
        .contains("\"created_at\": \"2026-11-21T12:00:00Z\"", "\"training_rows\": \"7\"");
  }

  @Test
  void keepsAttachmentsMadeForTheNumber() {
    registry.publish(publication("a"));
    Publication about = publication("b");
    registry.publish(
        new Publication(
            about.model(),
            about.nativeModel(),
            about.about(),
            version ->
                Map.of(
                    "split-certificate.json",
                    TREES,
                    "card.html",
                    ByteString.copyFromUtf8("version " + version))));
    assertThat(registry.attachment(2, "card.html")).hasValue(ByteString.copyFromUtf8("version 2"));
    assertThat(registry.attachment(2, "split-certificate.json")).hasValue(TREES);
    assertThat(registry.attachment(2, "profile.json")).isEmpty();
    assertThat(registry.manifest(2).orElseThrow().getObjectsList())
        .extracting(StoredObject::getName)
        .containsExactly("model.pb", "native.json", "card.html", "split-certificate.json");
    assertThat(registry.manifest(2).orElseThrow().getRun()).isEqualTo("train_model_auroc");
    assertThat(registry.versions()).containsExactly(1, 2);
  }

  @Test
  void leavesNoVersionWhereAnAttachmentCannotBe() {
    Publication about = publication("a");
    Publication wrong =
        new Publication(
            about.model(),
            about.nativeModel(),
            about.about(),
            version -> Map.of("model.pb", TREES));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.publish(wrong))
        .withMessageStartingWith("attachment: model.pb (expected: ");
    assertThat(registry.versions()).isEmpty();
    assertThat(registry.publish(about).getVersion()).isEqualTo("2");
  }

  @Test
  void refusesAManifestThatSaysWhatIsTheRegistrysToSay() {
    Manifest about = Manifest.newBuilder().setVersion("7").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Publication.of(publication("a").model(), TREES, about))
        .withMessageContaining("expected: left to the registry");
  }

  @Test
  void keepsADigestOfTheManifestThatSha256sumReads() throws Exception {
    registry.publish(publication("a"));
    byte[] manifest = store.get(MANIFEST, 1 << 20).bytes().toByteArray();
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(manifest));
    assertThat(text("models/readmission/versions/1/manifest.sha256"))
        .isEqualTo(digest + "  manifest.json\n");
  }

  @Test
  void findsAFlippedByteInAManifestThatIsStillReadable() {
    registry.publish(publication("a"));
    ObjectStore.Fetched fetched = store.get(MANIFEST, 1 << 20);
    String flipped = fetched.bytes().toStringUtf8().replace("\"7\"", "\"6\"");
    store.replace(MANIFEST, ByteString.copyFromUtf8(flipped), fetched.etag());
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.load(1))
        .withMessageContaining("versions/1/manifest.json: damaged: sha256 ");
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.manifest(1));
  }

  @Test
  void keepsAModelLargerThanOnePartOfAnUpload() {
    ByteString large = ByteString.copyFrom(new byte[11 << 20]);
    registry.publish(
        Publication.of(publication("a").model(), large, Manifest.getDefaultInstance()));
    assertThat(registry.nativeModel(1)).isEqualTo(large);
    String object = "models/readmission/versions/1/native.json";
    assertThatExceptionOfType(StoreException.PreconditionFailed.class)
        .isThrownBy(() -> store.create(object, large));
  }

  @Test
  void givesPublishersAtTheSameTimeDifferentNumbers() throws Exception {
    List<Manifest> published = atOnce(6, i -> registry.publish(publication("model " + i)));
    assertThat(published)
        .extracting(manifest -> Integer.parseInt(manifest.getVersion()))
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    for (int i = 0; i < published.size(); i++) {
      assertThat(registry.load(published.get(i).getVersion()).model().getContract())
          .isEqualTo("model " + i);
    }
  }

  @Test
  void doesNotShowAVersionThatIsOnlyHalfWritten() {
    registry.publish(publication("a"));
    store.create("models/readmission/versions/2/model.pb", publication("b").model().toByteString());
    assertThat(registry.versions()).containsExactly(1);
    assertThat(registry.manifest(2)).isEmpty();
    assertThatExceptionOfType(RegistryException.NoSuchModel.class)
        .isThrownBy(() -> registry.load("2"))
        .withMessage("model 2: not there (expected: one of versions [1])");
    assertThat(registry.publish(publication("c")).getVersion()).isEqualTo("3");
  }

  @Test
  void countsVersionsAsNumbers() {
    IntStream.range(0, 11).forEach(i -> registry.publish(publication("a")));
    assertThat(registry.versions()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  @Test
  void findsAndNamesAFlippedByte() {
    registry.publish(publication("a"));
    for (String name : List.of("model.pb", "native.json")) {
      String object = "models/readmission/versions/1/" + name;
      ObjectStore.Fetched fetched = store.get(object, 1 << 20);
      byte[] bytes = fetched.bytes().toByteArray();
      bytes[bytes.length / 2] ^= 1;
      store.replace(object, ByteString.copyFrom(bytes), fetched.etag());
    }
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.load(1))
        .withMessageContaining("models/readmission/versions/1/model.pb: damaged: sha256 ");
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.nativeModel(1))
        .withMessageContaining("versions/1/native.json: damaged: sha256 ");
  }

  @Test
  void findsObjectsCutOrGrown() {
    registry.publish(publication("a"));
    String object = "models/readmission/versions/1/model.pb";
    ObjectStore.Fetched fetched = store.get(object, 1 << 20);
    String cut = store.replace(object, fetched.bytes().substring(1), fetched.etag());
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.load(1))
        .withMessageContaining("model.pb: damaged: ");
    store.replace(object, fetched.bytes().concat(TREES), cut);
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.load(1))
        .withMessageContaining("model.pb: damaged: larger");
  }

  @Test
  void findsAManifestThatIsNotTheOneTheAliasWasSetTo() {
    registry.publish(publication("a"));
    Alias champion = registry.setAlias("champion", 1, Optional.empty(), "first");
    assertThat(registry.load("champion").version()).isEqualTo(1);
    String object = "models/readmission/versions/1/manifest.json";
    ObjectStore.Fetched fetched = store.get(object, 1 << 20);
    store.replace(object, fetched.bytes().concat(ByteString.copyFromUtf8(" ")), fetched.etag());
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.load(champion))
        .withMessageContaining("versions/1/manifest.json: damaged: sha256 ");
  }

  @Test
  void findsAManifestOfAnotherVersion() {
    registry.publish(publication("a"));
    ByteString manifest = store.get("models/readmission/versions/1/manifest.json", 1 << 20).bytes();
    store.create("models/readmission/versions/2/manifest.json", manifest);
    store.create("models/readmission/versions/3/manifest.json", ByteString.copyFromUtf8("{"));
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.load(2))
        .withMessageContaining("damaged: readmission 1 (expected: readmission 2)");
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.load(3))
        .withMessageContaining("versions/3/manifest.json: damaged: not readable");
  }

  @Test
  void movesAnAlias() {
    registry.publish(publication("a"));
    registry.publish(publication("b"));
    assertThat(registry.alias("champion")).isEmpty();
    Alias first = registry.setAlias("champion", 1, Optional.empty(), "first");
    Alias second = registry.setAlias("champion", 2, Optional.of(first), "better");
    assertThat(registry.alias("champion")).contains(second);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.previousVersion()).hasValue(1);
    assertThat(second.reason()).isEqualTo("better");
    assertThat(second.setAt()).isEqualTo("2026-11-21T12:00:00Z");
    assertThat(registry.load("champion").model()).isEqualTo(publication("b").model());
  }

  @Test
  void refusesToMoveAnAliasThatSomebodyElseMoved() {
    registry.publish(publication("a"));
    registry.publish(publication("b"));
    Alias first = registry.setAlias("champion", 1, Optional.empty(), "first");
    Alias second = registry.setAlias("champion", 2, Optional.of(first), "better");
    assertThatExceptionOfType(RegistryException.AliasConflict.class)
        .isThrownBy(() -> registry.setAlias("champion", 1, Optional.of(first), "late"));
    assertThatExceptionOfType(RegistryException.AliasConflict.class)
        .isThrownBy(() -> registry.setAlias("champion", 1, Optional.empty(), "late"));
    assertThatExceptionOfType(RegistryException.AliasConflict.class)
        .isThrownBy(() -> registry.setAlias("shadow", 1, Optional.of(first), "never set"));
    assertThat(registry.alias("champion")).contains(second);
  }

  @Test
  void letsOneOfSeveralWritersOfAnAliasWin() throws Exception {
    registry.publish(publication("a"));
    Optional<Alias> seen = Optional.of(registry.setAlias("champion", 1, Optional.empty(), "first"));
    for (int round = 0; round < 10; round++) {
      Optional<Alias> expected = seen;
      // The tag is a digest of the content, so that each round needs another one.
      String reason = "round " + round + " writer ";
      List<Optional<Alias>> outcomes =
          atOnce(4, i -> won(() -> registry.setAlias("champion", 1, expected, reason + i)));
      List<Alias> winners = outcomes.stream().flatMap(Optional::stream).toList();
      assertThat(winners).hasSize(1);
      seen = registry.alias("champion");
      assertThat(seen).contains(winners.get(0));
    }
  }

  @Test
  void refusesAnAliasForAVersionThatDoesNotExist() {
    assertThatExceptionOfType(RegistryException.NoSuchModel.class)
        .isThrownBy(() -> registry.setAlias("champion", 1, Optional.empty(), "early"));
    assertThatExceptionOfType(RegistryException.NoSuchModel.class)
        .isThrownBy(() -> registry.load("champion"))
        .withMessage("model champion: not there (expected: an alias or a number)");
  }

  @Test
  void refusesAModelOfAnotherName() {
    Registry other = new Registry(store, "falls", CLOCK);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.publish(publication("a")))
        .withMessage("model name: readmission (expected: falls)");
  }

  @Test
  void findsAnAliasThatIsNotReadable() {
    store.create(
        "models/readmission/aliases/champion", ByteString.copyFromUtf8("{\"version\":\"x\"}"));
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.alias("champion"))
        .withMessageContaining("aliases/champion: damaged: version x");
  }

  @Test
  void readsNoMoreThanAllowed() {
    store.create("notes", ByteString.copyFromUtf8("0123456789"));
    assertThat(store.get("notes", 10).bytes().size()).isEqualTo(10);
    assertThatExceptionOfType(StoreException.TooLarge.class)
        .isThrownBy(() -> store.get("notes", 9))
        .withMessage("notes: too large (expected: at most 9 bytes)");
    assertThatExceptionOfType(StoreException.NotFound.class)
        .isThrownBy(() -> store.get("absent", 9))
        .withMessage("absent: not there");
  }

  @Test
  void opensABucketThatIsThere() {
    registry.publish(publication("a"));
    try (ObjectStore again = ObjectStore.open(settings("models-" + buckets))) {
      assertThat(new Registry(again, "readmission", CLOCK).versions()).containsExactly(1);
    }
  }

  @Test
  void saysWhoDoesNotAnswer() {
    StoreSettings nobody = new StoreSettings("http://127.0.0.1:1", "key", "s3cr3t", "models");
    assertThatExceptionOfType(StoreException.Unreachable.class)
        .isThrownBy(() -> ObjectStore.open(nobody))
        .withMessageContaining("object store http://127.0.0.1:1: ")
        .withMessageNotContaining("s3cr3t");
  }

  @Test
  void saysWhoRefuses() {
    StoreSettings wrong = new StoreSettings(endpoint.url(), endpoint.accessKey(), "s3cr3t", "mine");
    assertThatExceptionOfType(StoreException.Refused.class)
        .isThrownBy(() -> ObjectStore.open(wrong))
        .withMessageContaining("object store " + endpoint.url() + "/mine: ")
        .withMessageNotContaining("s3cr3t");
  }

  private static StoreSettings settings(String bucket) {
    return new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), bucket);
  }

  private static Publication publication(String contract) {
    return Publication.of(
        Model.newBuilder().setName("readmission").setContract(contract).build(),
        TREES,
        Manifest.newBuilder()
            .setRun("train_model_auroc")
            .setProvenance(Provenance.newBuilder().setTrainingRows(7))
            .setValidation(Evaluation.newBuilder().setAccuracy(0.5))
            .build());
  }

  private String text(String object) {
    return store.get(object, 1 << 20).bytes().toStringUtf8();
  }

  private static Optional<Alias> won(Callable<Alias> write) throws Exception {
    try {
      return Optional.of(write.call());
    } catch (RegistryException.AliasConflict lost) {
      return Optional.empty();
    }
  }

  private interface Writer<T> {
    T write(int number) throws Exception;
  }

  /** Lets writers start at the same moment; gives what each of them returned, by their number. */
  private static <T> List<T> atOnce(int writers, Writer<T> writer) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CyclicBarrier start = new CyclicBarrier(writers);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        int number = i;
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return writer.write(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
