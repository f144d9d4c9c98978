package dev.alta.load.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alta.core.digest.Sha256;
import dev.alta.load.record.Interval;
import dev.alta.load.record.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a run is kept: {@code result.json}, {@code intervals.csv}, {@code latency.hlog} and {@code
 * report.html}. The JSON has the digest of the page, so that whoever serves the page can tell that
 * a run wrote it.
 */
public record ReportFolder(Path path) {
  public static final String RESULT = "result.json";
  public static final String REPORT = "report.html";
  public static final String HISTOGRAMS = "latency.hlog";
  private static final String INTERVALS = "intervals.csv";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Writes all files; the JSON last, so that a folder with one is whole. */
  public void write(
      Outcome run, Recording recording, Optional<Comparison> comparison, List<Check> checks)
      throws IOException {
    Files.createDirectories(path);
    recording.write(path.resolve(HISTOGRAMS));
    Files.writeString(path.resolve(INTERVALS), csv(recording));
    byte[] page =
        LoadReport.html(run, recording, comparison, checks).getBytes(StandardCharsets.UTF_8);
    Files.write(path.resolve(REPORT), page);
    ObjectNode result = JSON.valueToTree(run);
    result.set("checks", JSON.valueToTree(checks));
    comparison.ifPresent(both -> result.put("compared_with", both.earlier().facts().id()));
    result.put("report_sha256", Sha256.of(page));
    Files.write(path.resolve(RESULT), JSON.writeValueAsBytes(result));
  }

  private static String csv(Recording recording) {
    StringBuilder csv =
        new StringBuilder("second,seconds,due,answered,errors,p50_ms,p90_ms,p99_ms,max_ms\n");
    long start = recording.intervals().isEmpty() ? 0 : recording.intervals().get(0).start();
    for (Interval one : recording.intervals()) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%.0f,%.0f,%d,%.0f,%d,%.3f,%.3f,%.3f,%.3f%n",
              (one.start() - start) / 1e3,
              one.millis() / 1e3,
              one.requests(),
              one.perSecond() * one.millis() / 1e3,
              one.errors(),
              one.percentile(50),
              one.percentile(90),
              one.percentile(99),
              one.percentile(100)));
    }
    return csv.toString();
  }

  /**
   * The figures of an earlier run.
   *
   * @throws IOException if there are none
   */
  public Outcome read() throws IOException {
    Path file = path.resolve(RESULT);
    if (!Files.isRegularFile(file)) {
      throw new IOException(path + ": no " + RESULT + " (expected: the folder of a run)");
    }
    JsonNode result = JSON.readTree(file.toFile());
    return JSON.treeToValue(result, Outcome.class);
  }
}
