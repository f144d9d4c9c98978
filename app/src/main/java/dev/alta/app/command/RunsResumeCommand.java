package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.app.workflow.Retrain;
import dev.alta.database.WorkflowRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta runs resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Goes on with a workflow that was interrupted or has failed, behind the last step that was"
          + " done, and with what it was asked to do."
    },
    footer = {"", "Example: alta runs resume 3"})
final class RunsResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "WORKFLOW", description = "Its number, as alta runs lists it.")
  private long workflow;

  @Mixin private final EngineOptions engine = new EngineOptions();
  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say as JSON what came of it.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    EngineSettings engines = Alta.settings(spec, () -> engine.settings(where));
    return new Session(spec, where, json)
        .onData(
            (reached, parts, terminal) -> {
              WorkflowRun run =
                  new Retrain(Benches.of(reached, parts, terminal, engines)).resume(workflow);
              spec.commandLine()
                  .getOut()
                  .println(json ? Json.of(WorkflowTable.fields(run)) : WorkflowTable.result(run));
              return 0;
            });
  }
}
