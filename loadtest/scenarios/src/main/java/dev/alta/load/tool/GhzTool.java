package dev.alta.load.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.alta.load.record.Samples;
import dev.alta.load.record.Samples.Sample;
import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Schedule;
import dev.alta.load.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs ghz in a process of its own and reads when each request was sent and answered. */
public final class GhzTool implements Tool {
  private static final int LONGEST_BEYOND_SECONDS = 60;

  private final String program;
  private final String version;

  /**
   * Finds out its version.
   *
   * @throws IOException if it cannot be started
   */
  public GhzTool(String program) throws IOException, InterruptedException {
    this.program = program;
    Process process = new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
    this.version =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
  }

  @Override
  public String name() {
    return "ghz";
  }

  @Override
  public String words() {
    return "ghz " + version + "; times to the microsecond";
  }

  @Override
  public String refuses(Load load) {
    if (!load.call().isGrpc()) {
      return "--tool: ghz with --call json (expected: own or jmeter; ghz speaks gRPC only)";
    }
    Schedule schedule = load.schedule();
    double first = schedule.rate(0);
    if (load.isOpen() && (first < 1 || first != Math.rint(first))) {
      return "--rate: steps of "
          + first
          + " requests a second for each worker (expected: whole numbers, as ghz takes them)";
    }
    return schedule.requests() > GhzConfig.MOST_REQUESTS
        ? "--tool: ghz with "
            + schedule.requests()
            + " requests for each worker (expected: "
            + GhzConfig.MOST_REQUESTS
            + " at most; more workers, or less)"
        : "";
  }

  @Override
  public Samples run(Load load, Target target, Requests requests, Path folder)
      throws IOException, InterruptedException {
    Path data = folder.resolve("rows.json");
    Path config = folder.resolve("ghz.json");
    Path said = folder.resolve("said.json");
    requests.write(load.call(), data);
    Path protoset = folder.resolve("services.protoset");
    Protoset.write(protoset);
    Files.writeString(config, GhzConfig.of(load, target, data.toString(), protoset.toString()));
    OtherProgram.run(
        name(),
        List.of(program, "--config", config.toString(), "-O", "json", "-o", said.toString()),
        folder.resolve("ghz.log"),
        load.schedule().seconds() + load.patience().toSeconds() + LONGEST_BEYOND_SECONDS);
    return Samples.sent(load, read(said));
  }

  /** Of its report only the single requests: percentiles could not be added up. */
  static List<Sample> read(Path said) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(said.toFile())) {
      int depth = 0;
      boolean details = false;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (depth == 1 && token == JsonToken.FIELD_NAME) {
          details = json.currentName().equals("details");
        } else if (token == JsonToken.START_OBJECT && details && depth == 2) {
          samples.add(sample(json));
          continue;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
    }
    return samples;
  }

  private static Sample sample(JsonParser json) throws IOException {
    long ended = 0;
    long took = 0;
    String status = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "timestamp" ->
            ended = Samples.since1970(OffsetDateTime.parse(json.getText()).toInstant());
        case "latency" -> took = json.getLongValue();
        case "status" -> status = json.getText();
        default -> json.skipChildren();
      }
    }
    return new Sample(ended - took, ended - took, ended, name(status));
  }

  /** {@code ResourceExhausted} as everybody else writes it. */
  private static String name(String status) {
    return status.equals("OK")
        ? status
        : status.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
