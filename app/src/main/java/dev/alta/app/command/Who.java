package dev.alta.app.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who decides, for the record. */
final class Who {
  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "Who decides, kept with the decision (the user of this process).")
  private @Nullable String who;

  String name() {
    String given = who;
    return given == null || given.isBlank() ? System.getProperty("user.name", "unknown") : given;
  }
}
