package dev.alta.app.up;

import dev.alta.app.data.DataSteps;
import dev.alta.app.data.SyntheticFile;
import dev.alta.app.home.Storage;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.PrepareSettings;
import java.nio.file.Files;
import java.nio.file.Path;

/** Data: those named in the settings, or what is there, or else synthetic ones. */
final class DataStep {
  private final UpSettings settings;
  private final Storage storage;
  private final DataSteps steps;
  private final Terminal terminal;

  DataStep(
      Contract contract,
      UpSettings settings,
      Storage storage,
      Database database,
      Terminal terminal) {
    this.settings = settings;
    this.storage = storage;
    this.steps = new DataSteps(contract, database, terminal);
    this.terminal = terminal;
  }

  void run() throws Exception {
    if (settings.data().isPresent()) {
      ingest(settings.data().get());
    } else if (steps.isEmpty()) {
      ingest(synthetic().toString());
    }
    if (steps.holdSynthetic()) {
      terminal.line("  Note: these encounters are synthetic; they describe no real person.");
    }
    steps.prepare(
        PrepareSettings.of(storage.database())
            .withStore(storage.store())
            .withSeed(settings.seed()));
  }

  private void ingest(String data) throws Exception {
    steps.ingest(
        IngestSettings.of(storage.database(), data)
            .withStore(settings.storage().store())
            .withMaxRejects(settings.maxRejects()));
  }

  private Path synthetic() throws Exception {
    Path folder = Files.createDirectories(settings.home().resolve("synthetic"));
    Path file =
        folder.resolve(
            DataSteps.SYNTHETIC
                + settings.syntheticRows()
                + "-seed-"
                + settings.seed()
                + ".csv.gz");
    return terminal.step(
        "generate",
        progress -> {
          SyntheticFile.write(file, settings.syntheticRows(), settings.seed());
          return file;
        },
        written -> settings.syntheticRows() + " synthetic encounters");
  }
}
