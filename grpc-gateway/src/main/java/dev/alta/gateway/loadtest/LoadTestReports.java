package dev.alta.gateway.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.LoadTest;
import dev.alta.proto.v1.LoadTestSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The load tests in a folder. Nothing outside of it is ever read: names are those that runs have,
 * links are not followed, and a report is given only if its digest is the one that its run noted.
 */
public record LoadTestReports(Path folder) {
  /** What runs are called. */
  public static final Pattern NAME =
      Pattern.compile(
          "[0-9]{8}-[0-9]{6}-(?:constant|ramp|stress|soak)-(?:predict|batch|stream|json)");

  private static final int MOST_LISTED = 50;
  private static final long LONGEST_RESULT = 1 << 20;
  private static final long LONGEST_REPORT = 8 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The latest runs, the last one first; none where the folder is not there. */
  public LoadTestSheet list() throws IOException {
    LoadTestSheet.Builder sheet = LoadTestSheet.newBuilder();
    for (String name : names()) {
      result(name).ifPresent(result -> sheet.addRuns(run(name, result)));
      if (sheet.getRunsCount() == MOST_LISTED) {
        break;
      }
    }
    return sheet.build();
  }

  private List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(run -> run.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches())
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static LoadTest run(String name, JsonNode result) {
    JsonNode facts = result.path("facts");
    JsonNode percentiles = result.path("response").path("percentiles");
    boolean met = true;
    for (JsonNode check : result.path("checks")) {
      met &= check.path("met").asBoolean();
    }
    return LoadTest.newBuilder()
        .setRun(name)
        .setScenario(facts.path("scenario").asText())
        .setCall(facts.path("call").asText())
        .setLoop(facts.path("loop").asText())
        .setStarted(facts.path("started").asText())
        .setPerSecond(result.path("per_second").asDouble())
        .setP50Ms(percentiles.path("p50").asDouble())
        .setP99Ms(percentiles.path("p99").asDouble())
        .setRequests(result.path("requests").asLong())
        .setErrors(result.path("errors").asLong())
        .setBreakingPoint(result.path("breaking_point").asText())
        .setMet(met)
        .build();
  }

  /** The page of a run; empty where there is none, or not as the run wrote it. */
  public Optional<byte[]> report(String name) throws IOException {
    Optional<JsonNode> result = result(name);
    Optional<byte[]> page = result.isEmpty() ? Optional.empty() : read(name, "report.html");
    return page.filter(
        bytes ->
            result
                .map(found -> found.path("report_sha256").asText().equals(Sha256.of(bytes)))
                .orElse(false));
  }

  private Optional<JsonNode> result(String name) throws IOException {
    Optional<byte[]> bytes = read(name, "result.json");
    return bytes.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(bytes.get()));
  }

  private Optional<byte[]> read(String name, String file) throws IOException {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Path run = folder.resolve(name);
    Path path = run.resolve(file);
    long longest = file.endsWith(".html") ? LONGEST_REPORT : LONGEST_RESULT;
    if (!Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)
        || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Files.size(path) > longest ? Optional.empty() : Optional.of(Files.readAllBytes(path));
    } catch (NoSuchFileException gone) {
      return Optional.empty(); // It was deleted in between.
    }
  }
}
