package dev.alta.load.command;

import dev.alta.load.rows.Requests;
import dev.alta.load.rows.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which encounters are asked about. */
final class RowOptions {
  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "2048",
      description = "How many different encounters (${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the generated encounters (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Encounters of this CSV or CSV.gz file in place of generated ones.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--hypothetical",
      description = {
        "Ask as questions of what if: they leave no trace in inference_log and drift.",
        "Without it a load test shows there, as every prediction does."
      })
  private boolean hypothetical;

  /** Reads or makes them. */
  Requests requests() throws IOException {
    if (rows < 64) {
      throw new IllegalArgumentException("--rows: " + rows + " (expected: >= 64)");
    }
    Rows found = csv.isPresent() ? Rows.read(csv.get(), rows) : Rows.generate(rows, seed);
    return new Requests(found, hypothetical);
  }
}
