package dev.alta.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.model.registry.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of it on a bucket and without a database. */
class ModelsCommandIT {
  @TempDir private static Path folder;
  private static S3Endpoint endpoint;
  private static int buckets;

  private final String bucket = "models-" + ++buckets;
  private String out = "";
  private String err = "";

  @BeforeAll
  static void start() throws IOException {
    endpoint = S3Endpoint.start(folder.resolve("store"));
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @Test
  void decidesWhichVersionAnswersAndRemembersWhy() {
    publish(0.65, 0.66, 0.67);
    assertThat(models("promote", "1", "--who", "ada")).isZero();
    assertThat(out)
        .startsWith("version 1 promoted by ada, ")
        .contains("first champion: mean AUROC 0.6500 on 1,000 test rows, better than 0.6000");
    assertThat(models("promote", "2", "--force", "--reason", "pilot")).isZero();
    assertThat(models("list")).isZero();
    assertThat(out.lines().map(String::trim))
        .anyMatch(line -> line.matches("2 +champion +train_model_auroc .* 0\\.6600 .*"))
        .anyMatch(line -> line.matches("1 +previous .*"))
        .anyMatch(line -> line.matches("3 +candidate .*"))
        .anyMatch(line -> line.matches("promoted, forced, by .*: pilot"));
    assertThat(models("rollback", "--reason", "alarms")).isZero();
    assertThat(out).contains("rolled back by ", ": alarms", "version 1 is champion");
    assertThat(models("show", "champion")).isZero();
    assertThat(out)
        .startsWith("readmission version 1, champion")
        .contains("mean_auroc", "0.6500", "card.html", "promoted by ada");
    assertThat(models("reject", "3", "--reason", "old coding")).isZero();
    assertThat(models("archive", "3")).isZero();
    assertThat(models("list")).isZero();
    assertThat(out).doesNotContain("archived");
    assertThat(models("list", "--all")).isZero();
    assertThat(out).contains("archived");
  }

  @Test
  void saysInOneLineWhatCannotBe() {
    publish(0.65, 0.66);
    models("promote", "1");
    assertThat(models("archive", "champion")).isEqualTo(1);
    assertThat(err)
        .isEqualTo("alta: version 1: champion (expected: promote another or roll back first)\n");
    assertThat(models("promote", "2")).isEqualTo(1);
    assertThat(err).contains(" has no database (expected: ").hasLineCount(1);
    assertThat(models("promote", "2", "--force")).isEqualTo(2);
    assertThat(err).contains("reason: empty (expected: a text, with --force)");
    assertThat(models("show", "9")).isEqualTo(1);
    assertThat(err).contains("model 9: not there (expected: one of versions [1, 2])");
    assertThat(models("show", "shadow")).isEqualTo(1);
    assertThat(models("rollback")).isEqualTo(1);
    assertThat(err).contains("no version is previous");
    assertThat(models("verify")).isEqualTo(2);
    assertThat(models("reject", "2")).isEqualTo(2);
    assertThat(models()).isEqualTo(2);
  }

  @Test
  void namesADamagedObjectAndListsTheOthers() {
    publish(0.65, 0.66);
    assertThat(models("verify", "--all")).isZero();
    assertThat(out).contains("version 1: OK, 5 objects", "version 2: OK");
    damage("models/readmission/versions/1/card.html");
    assertThat(models("verify", "1")).isEqualTo(1);
    assertThat(out).contains("DAMAGED", "versions/1/card.html: damaged: sha256 ");
    assertThat(models("list")).isZero();
    damage("models/readmission/versions/1/manifest.json");
    assertThat(models("list")).isEqualTo(1);
    assertThat(out).contains("versions/1/manifest.json: damaged: ", "0.6600");
  }

  @Test
  void comparesByThePublishedFiguresWhereThereIsNoDatabase() {
    publish(0.65, 0.66);
    assertThat(models("compare", "1", "2")).isZero();
    assertThat(out)
        .startsWith("The test rows were not scored, since home: ")
        .containsPattern("mean_auroc +0\\.6500 +0\\.6600 +\\+0\\.0100");
  }

  @Test
  void answersInJson() throws IOException {
    publish(0.65, 0.66);
    for (List<String> command :
        List.of(
            List.of("promote", "1"),
            List.of("promote", "2", "--force", "--reason", "a \"quoted\" one"),
            List.of("list"),
            List.of("show", "2"),
            List.of("compare", "1", "2"),
            List.of("rollback"),
            List.of("reject", "2", "--reason", "no"),
            List.of("archive", "2"),
            List.of("verify", "--all"))) {
      List<String> arguments = new ArrayList<>(command);
      arguments.add("--json");
      assertThat(models(arguments.toArray(String[]::new))).as(command + err).isZero();
      assertThat(fields(out)).as(command.toString()).isPositive();
    }
    assertThat(models("show", "1", "--json")).isZero();
    assertThat(out).contains("\"state\":\"champion\"", "\"mean_auroc\": 0.65", "ROLLED_BACK");
  }

  private int models(String... arguments) {
    List<String> all = new ArrayList<>(List.of("models"));
    all.addAll(List.of(arguments));
    if (arguments.length > 0) {
      all.addAll(
          List.of(
              "--home", folder.resolve("home").toString(),
              "--store-url", endpoint.url(),
              "--store-access-key", endpoint.accessKey(),
              "--store-secret-key", endpoint.secretKey(),
              "--store-bucket", bucket));
    }
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int code =
        new Alta(Map.of(), folder, new PrintWriter(output, true), new PrintWriter(errors, true))
            .run(all.toArray(String[]::new));
    out = output.toString();
    err = errors.toString();
    return code;
  }

  private void publish(double... meanAurocs) {
    try (ObjectStore store = ObjectStore.open(settings())) {
      Registry registry = new Registry(store, "readmission", Clock.systemUTC());
      for (double meanAuroc : meanAurocs) {
        registry.publish(SmallModel.publication(meanAuroc));
      }
    }
  }

  private void damage(String object) {
    try (FileStore files = FileStore.of(settings())) {
      StoredFile file = files.find(object).orElseThrow();
      byte[] bytes = files.read(file, 0, (int) file.size());
      bytes[bytes.length / 2] ^= 1;
      files.write(object, new ByteArrayInputStream(bytes));
    }
  }

  private StoreSettings settings() {
    return new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), bucket);
  }

  /** How many fields a text of JSON has. */
  private static int fields(String text) throws IOException {
    int fields = 0;
    try (JsonParser json = new JsonFactory().createParser(text)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        fields += token == JsonToken.FIELD_NAME ? 1 : 0;
      }
    }
    return fields;
  }
}
