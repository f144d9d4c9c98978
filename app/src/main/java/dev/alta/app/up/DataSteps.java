package dev.alta.app.up;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.split.Side;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.Generation;
import dev.alta.database.LedgerEntry;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestResult;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.Prepare;
import dev.alta.pipelines.prepare.PrepareResult;
import dev.alta.pipelines.prepare.PrepareSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** From a file or an incremental source to clean_data. */
final class DataSteps {
  // Sources of synthetic rows are told by their name, so that they never mix with real ones.
  private static final String SYNTHETIC = "synthetic-";

  private final Contract contract;
  private final UpSettings settings;
  private final DatabaseSettings databaseSettings;
  private final Database database;
  private final Terminal terminal;

  DataSteps(
      Contract contract,
      UpSettings settings,
      DatabaseSettings databaseSettings,
      Database database,
      Terminal terminal) {
    this.contract = contract;
    this.settings = settings;
    this.databaseSettings = databaseSettings;
    this.database = database;
    this.terminal = terminal;
  }

  void run() throws Exception {
    List<LedgerEntry> there = database.rawData().batches();
    boolean hasSynthetic = there.stream().anyMatch(DataSteps::isSynthetic);
    if (settings.data().isPresent()) {
      if (hasSynthetic) {
        throw new CannotStartException(
            "home: "
                + settings.home()
                + " holds synthetic encounters (expected: a folder without, as real and synthetic"
                + " data must not mix; give another --home)");
      }
      ingest(settings.data().get());
    } else if (there.isEmpty()) {
      ingest(synthetic().toString());
      hasSynthetic = true;
    }
    if (hasSynthetic) {
      terminal.line("  Note: these encounters are synthetic; they describe no real person.");
    }
    terminal.step(
        "prepare",
        progress ->
            Prepare.run(
                PrepareSettings.of(databaseSettings).withSeed(settings.seed()), contract, progress),
        DataSteps::words);
  }

  private static boolean isSynthetic(LedgerEntry entry) {
    return entry.batch().source().startsWith(SYNTHETIC);
  }

  private Path synthetic() throws Exception {
    Path folder = Files.createDirectories(settings.home().resolve("synthetic"));
    Path file =
        folder.resolve(
            SYNTHETIC + settings.syntheticRows() + "-seed-" + settings.seed() + ".csv.gz");
    return terminal.step(
        "generate",
        progress -> {
          SyntheticFile.write(file, settings.syntheticRows(), settings.seed());
          return file;
        },
        written -> settings.syntheticRows() + " synthetic encounters");
  }

  private void ingest(String data) throws Exception {
    terminal.step(
        "ingest",
        progress ->
            Ingest.run(
                IngestSettings.of(databaseSettings, data).withStore(settings.store()),
                contract,
                progress),
        DataSteps::words);
  }

  private static String words(IngestResult result) {
    if (result.read() == 0) {
      return "no new rows";
    }
    if (result.alreadyThere() == result.read()) {
      return format("%,d rows read, all ingested before: nothing to do", result.read());
    }
    return format(
        "%,d rows read = %,d accepted + %,d rejected + %,d duplicates + %,d ingested before",
        result.read(),
        result.accepted(),
        result.rejected(),
        result.duplicates(),
        result.alreadyThere());
  }

  private static String words(PrepareResult result) {
    Generation generation = result.generation();
    long excluded = generation.excluded().values().stream().mapToLong(n -> n).sum();
    return format(
        "%,d rows = %,d kept + %,d excluded%s; train %,d, validation %,d, test %,d%s",
        generation.rowsRead(),
        generation.kept(),
        excluded,
        excluded == 0 ? "" : " (" + String.join(", ", generation.excluded().keySet()) + ")",
        generation.rows(Side.TRAIN),
        generation.rows(Side.VALIDATION),
        generation.rows(Side.TEST),
        result.isNew() ? "" : "; unchanged");
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
