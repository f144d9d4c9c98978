package dev.alta.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.training.search.Objective;
import dev.alta.training.search.SearchSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That other tools can use a version's native.json: Python's xgboost opens it and answers as the
 * flat trees do. Needs a Python with xgboost, {@code -Dalta.xgboost.python=…}, as CI gives one.
 */
final class NativeFileIT {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final int ROWS = 1_000;
  private static final double TOLERANCE = 1e-6;
  private static final String PYTHON = System.getProperty("alta.xgboost.python", "");

  @TempDir Path folder;

  @Test
  void answersInPythonsXgboostAsTheFlatTreesDo() throws Exception {
    assumeTrue(!PYTHON.isEmpty(), "needs -Dalta.xgboost.python, a Python that has xgboost");
    List<CleanRow> rows = GeneratedRows.of(CONTRACT, 8_000, 3);
    S3Endpoint endpoint = S3Endpoint.start(folder.resolve("store"));
    try (ObjectStore store =
        ObjectStore.open(
            new StoreSettings(
                endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models"))) {
      Registry registry = new Registry(store, "readmission", Clock.systemUTC());
      new Training(CONTRACT, GeneratedRows.source(rows), registry)
          .train(
              TrainingSettings.standard(7, "test")
                  .withSearch(
                      SearchSettings.standard(7).withObjectives(List.of(Objective.MEAN_AUROC)))
                  .withHighestAuroc(0.95)
                  .withBootstrapSamples(20),
              Progress.UNWATCHED);
      List<Row> compared =
          rows.stream().filter(r -> r.side() == Side.TEST).map(CleanRow::row).limit(ROWS).toList();
      assertThat(compared).hasSize(ROWS);
      compare(registry, Predictor.of(CONTRACT, registry.load(1).model()), compared);
    } finally {
      endpoint.close();
    }
  }

  private void compare(Registry registry, Predictor predictor, List<Row> rows) throws Exception {
    Files.write(folder.resolve("native.json"), registry.nativeModel(1).toByteArray());
    Files.write(folder.resolve("rows"), vectors(predictor, rows));
    JsonNode said = new ObjectMapper().readTree(python());
    List<String> names = new ArrayList<>();
    said.path("names").forEach(name -> names.add(name.asText()));
    assertThat(names).isEqualTo(predictor.encoder().names());

    ByteBuffer answers =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("out"))).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(answers.remaining()).isEqualTo(8 * rows.size() * predictor.classes().size());
    double largest = 0;
    for (Row row : rows) {
      for (double expected : predictor.probabilities(row)) {
        double difference = Math.abs(answers.getDouble() - expected);
        assertThat(difference).isLessThanOrEqualTo(TOLERANCE);
        largest = Math.max(largest, difference);
      }
    }
    System.out.printf(
        "native.json in xgboost %s of Python: %d rows differ by at most %.1e%n",
        said.path("xgboost").asText(), rows.size(), largest);
  }

  private static byte[] vectors(Predictor predictor, List<Row> rows) {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * rows.size() * predictor.encoder().size())
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Row row : rows) {
      for (float value : predictor.encoder().encode(row)) {
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }

  private String python() throws IOException, InterruptedException {
    Path script = folder.resolve("native_file.py");
    try (InputStream resource = NativeFileIT.class.getResourceAsStream("native_file.py")) {
      assertThat(resource).isNotNull();
      Files.copy(resource, script);
    }
    Process process =
        new ProcessBuilder(
                PYTHON,
                script.toString(),
                folder.resolve("native.json").toString(),
                folder.resolve("rows").toString(),
                folder.resolve("out").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("time for Python").isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(folder.resolve("said"), StandardCharsets.UTF_8);
  }
}
