package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.database.PipelineRun;
import dev.alta.database.PipelineRun.State;
import dev.alta.database.Runs;
import dev.alta.database.WorkflowRun;
import dev.alta.pipelines.flink.ClusterJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The list of all runs: what {@code alta runs} and {@code alta runs list} have in common. */
final class RunsListing {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most (${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "List them as JSON.")
  private boolean json;

  int list(CommandSpec spec) throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    Alta.settings(spec, this::requireLimit);
    return new Session(spec, where, json)
        .onDatabase(
            Benches.CONTRACT,
            (database, reached, parts, terminal) -> {
              askClusters(database.runs());
              List<PipelineRun> runs = database.runs().latest(limit);
              List<WorkflowRun> workflows = database.workflows().latest(limit);
              spec.commandLine()
                  .getOut()
                  .println(json ? Json.of(fields(workflows, runs)) : words(workflows, runs));
              return 0;
            });
  }

  private static String words(List<WorkflowRun> workflows, List<PipelineRun> runs) {
    return workflows.isEmpty()
        ? RunTable.of(runs)
        : WorkflowTable.of(workflows, runs)
            + System.lineSeparator()
            + System.lineSeparator()
            + RunTable.of(runs);
  }

  private static Map<String, Object> fields(List<WorkflowRun> workflows, List<PipelineRun> runs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("workflows", workflows.stream().map(WorkflowTable::fields).toList());
    fields.put("runs", runs.stream().map(RunTable::fields).toList());
    return fields;
  }

  private int requireLimit() {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: > 0)");
    }
    return limit;
  }

  /** A job that nobody waits for cannot say itself that its cluster has given it up. */
  private void askClusters(Runs runs) throws InterruptedException {
    for (PipelineRun run : runs.latest(limit)) {
      if (run.state() == State.RUNNING && run.job().isPresent()) {
        new ClusterJob(run.master(), run.job().get())
            .failure()
            .ifPresent(reason -> runs.failed(run.run(), reason));
      }
    }
  }
}
