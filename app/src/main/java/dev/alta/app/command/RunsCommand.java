package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.PipelineRun;
import dev.alta.database.PipelineRun.State;
import dev.alta.database.Runs;
import dev.alta.pipelines.flink.ClusterJob;
import dev.alta.proto.v1.Encounter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta runs}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists the runs of the pipelines, newest first, also those that run now, here or on a Flink"
          + " cluster, with the rows they have done. SILENT is one that should run and has not been"
          + " heard of for a minute: it was killed, or nobody waits for it and it is in a long"
          + " step."
    },
    footer = {"", "Example: alta runs --limit 5"})
final class RunsCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @Spec private CommandSpec spec;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most (${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "List them as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    Alta.settings(spec, this::requireLimit);
    return new Session(spec, where, json)
        .onData(
            (storage, parts, terminal) -> {
              DatabaseSettings url = storage.database();
              Runs runs = parts.start(() -> Database.open(url, CONTRACT)).runs();
              askClusters(runs);
              List<PipelineRun> latest = runs.latest(limit);
              spec.commandLine()
                  .getOut()
                  .println(
                      json
                          ? Json.of(latest.stream().map(RunTable::fields).toList())
                          : RunTable.of(latest));
              return 0;
            });
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
