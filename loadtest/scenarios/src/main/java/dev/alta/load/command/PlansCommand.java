package dev.alta.load.command;

import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Call;
import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Scenario;
import dev.alta.load.target.Target;
import dev.alta.load.tool.GhzConfig;
import dev.alta.load.tool.Protoset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code loadtest/run plans}. */
@Command(
    name = "plans",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the scenarios as configuration files of ghz, and the rows that they and JMeter's",
      "plans read, for those who start these tools themselves."
    },
    footer = {"", "Example: loadtest/run plans && ghz --config loadtest/ghz/ramp-predict.json"})
final class PlansCommand implements Callable<Integer> {
  /** Where the configuration files look for rows, from the repository's root. */
  private static final String ROWS = "target/loadtest";

  private static final String PROTOSET = "services.protoset";

  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "loadtest/ghz",
      description = "Where ghz's files go (${DEFAULT-VALUE}).")
  private Path to = Path.of("loadtest/ghz");

  @Mixin private final RowOptions rows = new RowOptions();

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(to);
    for (Map.Entry<String, String> file : ghz().entrySet()) {
      Files.writeString(to.resolve(file.getKey()), file.getValue());
    }
    Requests requests = rows.requests();
    Path data = Files.createDirectories(Path.of(ROWS));
    for (Call call : Call.values()) {
      if (call.isGrpc()) {
        requests.write(call, data.resolve(call.word() + ".json"));
      }
    }
    requests.writeLines(data.resolve("encounters.jsonl"));
    Protoset.write(data.resolve(PROTOSET));
    spec.commandLine().getOut().println(to + ", rows: " + data + ", " + requests.rows().origin());
    return 0;
  }

  /** All configuration files by their names. */
  static Map<String, String> ghz() {
    Map<String, String> files = new LinkedHashMap<>();
    for (Scenario scenario : Scenario.values()) {
      for (Call call : Call.values()) {
        if (call.isGrpc()) {
          Load load = Load.usual(scenario, call);
          files.put(
              load.name() + ".json",
              GhzConfig.of(
                  load,
                  Target.usual(call),
                  ROWS + "/" + call.word() + ".json",
                  ROWS + "/" + PROTOSET));
        }
      }
    }
    return files;
  }
}
