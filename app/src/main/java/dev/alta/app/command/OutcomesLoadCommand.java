package dev.alta.app.command;

import dev.alta.app.data.OutcomeFile;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import dev.alta.database.Database;
import dev.alta.database.Outcomes.Conflict;
import dev.alta.database.Outcomes.Loaded;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.file.Place;
import dev.alta.proto.v1.Encounter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta outcomes load}. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Loads what really happened: a CSV or CSV.gz with the columns encounter_id and readmitted."
          + " Each outcome is kept once, however often it is loaded. Rows that are no outcomes, or"
          + " say something else than what is known, are named; the others are loaded, and it ends"
          + " with 1."
    },
    footer = {"", "Example: alta outcomes load 2026-03.csv --home ./my-hospital"})
final class OutcomesLoadCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final int MOST_SHOWN = 20;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Here or s3://bucket/key.")
  private String file = "";

  @Option(
      names = "--replace",
      description = "Take the file's outcome where another one is known of an encounter.")
  private boolean replace;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say as JSON what came of it.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    if (!file.startsWith(Place.S3)) {
      CsvFile.at(Place.of(file, Optional.empty()));
    }
    return new Session(spec, where, json)
        .onDatabase(CONTRACT, (database, reached, parts, terminal) -> load(database, reached));
  }

  private int load(Database database, Storage reached) {
    Optional<StoreSettings> store =
        file.startsWith(Place.S3) ? Optional.of(reached.store()) : Optional.empty();
    CsvFile csv = CsvFile.at(Place.of(file, store));
    OutcomeFile rows = new OutcomeFile(csv, CONTRACT);
    Loaded loaded = database.outcomes().load(csv.baseName(), replace, rows::read);
    List<OutcomeFile.Reject> rejects =
        Stream.concat(rows.rejects().stream(), loaded.conflicts().stream().map(this::reject))
            .toList();
    long rejected = rows.rejected() + loaded.refused();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.of(fields(rows.rows(), loaded, rejected, rejects)));
    } else {
      out.println(words(rows.rows(), loaded, rejected));
      rejects.stream().limit(MOST_SHOWN).forEach(reject -> out.println(words(reject)));
      if (rejected > MOST_SHOWN) {
        out.println(String.format(Locale.ROOT, "  … and %,d more", rejected - MOST_SHOWN));
      }
    }
    return rejected == 0 ? 0 : 1;
  }

  private OutcomeFile.Reject reject(Conflict conflict) {
    return new OutcomeFile.Reject(
        conflict.line(),
        new Violation(
            CONTRACT.target().name(),
            conflict.outcome(),
            conflict.known()
                + ", as known of encounter "
                + conflict.encounter()
                + " from "
                + conflict.source()
                + (replace ? "" : "; --replace takes the file's")));
  }

  private static String words(long rows, Loaded loaded, long rejected) {
    return String.format(
        Locale.ROOT,
        "%,d rows read = %,d loaded + %,d replaced + %,d known before + %,d rejected",
        rows,
        loaded.loaded(),
        loaded.replaced(),
        loaded.known(),
        rejected);
  }

  private static String words(OutcomeFile.Reject reject) {
    return "  line " + reject.line() + ": " + reject.violation().message();
  }

  private static Map<String, Object> fields(
      long rows, Loaded loaded, long rejected, List<OutcomeFile.Reject> rejects) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (OutcomeFile.Reject reject : rejects) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("line", reject.line());
      line.put("field", reject.violation().field());
      line.put("value", reject.violation().value());
      line.put("expected", reject.violation().expected());
      lines.add(line);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rows_read", rows);
    fields.put("loaded", loaded.loaded());
    fields.put("replaced", loaded.replaced());
    fields.put("known", loaded.known());
    fields.put("rejected", rejected);
    fields.put("rejects", lines);
    return fields;
  }
}
