package dev.alta.app.command;

import dev.alta.app.data.SyntheticFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes synthetic encounters with a real signal as CSV, in the shape that ingest reads.",
      "They describe no real person."
    },
    footer = {"", "Example: alta generate --rows 100000 --seed 7 --out encounters.csv"})
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "30000",
      description = "How many (${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same encounters (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file; compressed if it ends in .gz.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    SyntheticFile.write(out, rows, seed);
    spec.commandLine().getOut().println(rows + " synthetic encounters written to " + out);
    return 0;
  }
}
