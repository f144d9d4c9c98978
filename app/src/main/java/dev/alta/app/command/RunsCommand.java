package dev.alta.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code alta runs}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists the workflows and the runs of the pipelines, newest first, also those that run now,"
          + " here or on a Flink cluster, with the rows they have done. SILENT is a run that should"
          + " go on and has not been heard of for a minute: it was killed, or nobody waits for it"
          + " and it is in a long step. INTERRUPTED is a workflow that nobody works on."
    },
    subcommands = {RunsListCommand.class, RunsShowCommand.class, RunsResumeCommand.class},
    footer = {"", "Example: alta runs --limit 5"})
final class RunsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final RunsListing listing = new RunsListing();

  @Override
  public Integer call() throws Exception {
    return listing.list(spec);
  }
}
