package dev.alta.app.command;

import com.google.protobuf.ByteString;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.model.Models;
import dev.alta.core.life.CannotStartException;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.training.report.ModelReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta report model}. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the card of a version into one HTML file: what it is for and not for, how good it is,"
          + " for which patients, what matters, how it was searched for, from what it was made."
    },
    footer = {"", "Example: alta report model champion --out card.html"})
final class ReportModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "N",
      arity = "0..1",
      description = "Number of a version, or an alias (${DEFAULT-VALUE}).")
  private String version = "champion";

  @Option(names = "--out", paramLabel = "FILE.html", description = "Where to (model-N.html).")
  private @Nullable Path out;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    return new Session(spec, where, false)
        .onData(
            (reached, parts, terminal) -> {
              ObjectStore bucket = parts.start(() -> ObjectStore.open(reached.store()));
              Registry registry = Models.in(bucket);
              int number = registry.load(version).version();
              ByteString card =
                  registry
                      .attachment(number, ModelReport.CARD)
                      .orElseThrow(
                          () ->
                              new CannotStartException(
                                  "version "
                                      + number
                                      + ": no "
                                      + ModelReport.CARD
                                      + " (expected: a version that was trained with one)"));
              Path file = out == null ? Path.of("model-" + number + ".html") : out;
              Files.write(file, card.toByteArray());
              terminal.line(
                  "Version " + number + " of " + Models.NAME + ": " + file.toAbsolutePath());
              return 0;
            });
  }
}
