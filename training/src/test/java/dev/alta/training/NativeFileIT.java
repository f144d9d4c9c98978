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
import dev.alta.model.explain.TreeShap;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Model;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That other tools can use a version's native.json: Python's xgboost opens it and answers as the
 * flat trees do. Needs a Python with xgboost, {@code -Dalta.xgboost.python=…}, as CI gives one.
 */
final class NativeFileIT {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final int ROWS = 1_000;
  private static final int EXPLAINED = 200;
  private static final double TOLERANCE = 1e-6;
  // XGBoost adds up hundreds of trees in floats.
  private static final double TOLERANCE_OF_CONTRIBUTIONS = 2e-5;
  private static final String PYTHON = System.getProperty("alta.xgboost.python", "");

  @TempDir Path folder;

  @Test
  void answersAndExplainsInPythonsXgboostAsTheFlatTreesDo() throws Exception {
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
      Predictor predictor = Predictor.of(CONTRACT, registry.load(1).model());
      compare(registry, predictor, compared);
      compareContributions(registry.load(1).model(), predictor, compared.subList(0, EXPLAINED));
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

  /** Of each feature by itself, to the margin of each class. */
  private void compareContributions(Model model, Predictor predictor, List<Row> rows)
      throws IOException {
    int features = predictor.encoder().size();
    ByteBuffer answers =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("contributions")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(answers.remaining())
        .isEqualTo(8 * rows.size() * predictor.classes().size() * (features + 1));
    int[] each = IntStream.range(0, features).toArray();
    List<TreeShap> classes =
        IntStream.range(0, predictor.classes().size())
            .mapToObj(output -> TreeShap.of(model.getForest(), output, each))
            .toList();
    double largest = 0;
    double[] found = new double[features];
    for (Row row : rows) {
      float[] vector = predictor.encoder().encode(row);
      for (TreeShap shap : classes) {
        shap.contributions(vector, shap.scratch(), found);
        for (int i = 0; i <= features; i++) {
          double ours = i < features ? found[i] : shap.expected();
          double difference = Math.abs(answers.getDouble() - ours);
          assertThat(difference).isLessThanOrEqualTo(TOLERANCE_OF_CONTRIBUTIONS);
          largest = Math.max(largest, difference);
        }
      }
    }
    System.out.printf(
        "native.json: contributions of %d rows differ by at most %.1e%n", rows.size(), largest);
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
                folder.resolve("out").toString(),
                folder.resolve("contributions").toString(),
                Integer.toString(EXPLAINED))
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
