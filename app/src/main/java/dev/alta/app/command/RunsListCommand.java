package dev.alta.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code alta runs list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists workflows and runs, as alta runs does.",
    footer = {"", "Example: alta runs list --json"})
final class RunsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final RunsListing listing = new RunsListing();

  @Override
  public Integer call() throws Exception {
    return listing.list(spec);
  }
}
