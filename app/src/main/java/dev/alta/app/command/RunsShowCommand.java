package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.database.DatabaseException;
import dev.alta.database.PipelineRun;
import dev.alta.database.WorkflowRun;
import dev.alta.database.WorkflowRun.Line;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta runs show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows a workflow with its steps, the runs it asked for, and its log.",
    footer = {"", "Example: alta runs show 3"})
final class RunsShowCommand implements Callable<Integer> {
  // More than any workflow asks for.
  private static final int RUNS = 10_000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "WORKFLOW", description = "Its number, as alta runs lists it.")
  private long workflow;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    return new Session(spec, where, json)
        .onDatabase(
            Benches.CONTRACT,
            (database, reached, parts, terminal) -> {
              WorkflowRun found =
                  database
                      .workflows()
                      .find(workflow)
                      .orElseThrow(
                          () ->
                              new DatabaseException(
                                  "workflow "
                                      + workflow
                                      + ": not there (expected: one that alta runs lists)"));
              List<PipelineRun> runs = database.runs().latest(RUNS);
              List<Line> log = database.workflows().log(workflow);
              spec.commandLine()
                  .getOut()
                  .println(
                      json
                          ? Json.of(WorkflowTable.fields(found, runs, log))
                          : WorkflowTable.of(found, runs, log));
              return 0;
            });
  }
}
