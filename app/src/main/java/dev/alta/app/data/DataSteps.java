package dev.alta.app.data;

import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.database.Database;
import dev.alta.database.LedgerEntry;
import dev.alta.pipelines.ingest.IngestResult;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.PrepareResult;
import dev.alta.pipelines.prepare.PrepareSettings;
import java.util.List;

/** The steps from a file or an incremental source to clean_data, shown as they go. */
public final class DataSteps {
  /** Sources of synthetic rows are told by the start of their name. */
  public static final String SYNTHETIC = "synthetic-";

  private final Contract contract;
  private final Database database;
  private final Terminal terminal;
  private final Engine engine;

  /** In this process. */
  public DataSteps(Contract contract, Database database, Terminal terminal) {
    this(contract, database, terminal, new EmbeddedEngine());
  }

  public DataSteps(Contract contract, Database database, Terminal terminal, Engine engine) {
    this.contract = contract;
    this.database = database;
    this.terminal = terminal;
    this.engine = engine;
  }

  /** Whether nothing was ingested yet. */
  public boolean isEmpty() {
    return database.rawData().batches().isEmpty();
  }

  /** Whether rows of a synthetic source are there. */
  public boolean holdSynthetic() {
    return database.rawData().batches().stream().anyMatch(DataSteps::isSynthetic);
  }

  /**
   * Ingests a file or the new days of a source.
   *
   * @throws CannotStartException if real and synthetic encounters would mix
   */
  public IngestResult ingest(IngestSettings settings) throws Exception {
    requireAlike(settings);
    return terminal.step(
        "ingest", progress -> engine.ingest(settings, contract, progress), DataWords::of);
  }

  /** Makes clean_data, unless nothing has changed. */
  public PrepareResult prepare(PrepareSettings settings) throws Exception {
    return terminal.step(
        "prepare", progress -> engine.prepare(settings, contract, progress), DataWords::of);
  }

  private void requireAlike(IngestSettings settings) {
    String source = settings.source().isEmpty() ? fileName(settings.data()) : settings.source();
    boolean synthetic = source.startsWith(SYNTHETIC);
    List<LedgerEntry> there = database.rawData().batches();
    if (there.stream().anyMatch(entry -> isSynthetic(entry) != synthetic)) {
      throw new CannotStartException(
          "data: "
              + settings.data()
              + (synthetic
                  ? " is synthetic, what is there is not"
                  : ", but what is there are synthetic encounters")
              + " (expected: another --home or database, as real and synthetic data must not mix)");
    }
  }

  private static boolean isSynthetic(LedgerEntry entry) {
    return entry.batch().source().startsWith(SYNTHETIC);
  }

  private static String fileName(String data) {
    return data.substring(data.lastIndexOf('/') + 1);
  }
}
