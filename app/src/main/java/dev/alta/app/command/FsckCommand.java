package dev.alta.app.command;

import dev.alta.app.fsck.Fsck;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.core.audit.Finding;
import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.Encounter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta fsck}. */
@Command(
    name = "fsck",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks database, ledger, split, bucket, spool and home against each other, also while Alta"
          + " works. Says OK, or names all that is off and what to do, and ends with 1. Changes"
          + " nothing."
    },
    footer = {"", "Example: alta fsck --home ./my-hospital"})
final class FsckCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @Spec private CommandSpec spec;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(
      names = "--log-spool",
      paramLabel = "DIR",
      description = "A scorer's spool, where it is not in the home.")
  private @Nullable Path spool;

  @Option(names = "--json", description = "Say as JSON what was found.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    Storage.requireStore(where);
    Path folder = spool == null ? where.home().resolve("spool") : spool;
    return new Session(spec, where, json)
        .onData(
            (reached, parts, terminal) -> {
              Fsck.Report report = Fsck.run(CONTRACT, where.home(), folder, reached, parts);
              spec.commandLine().getOut().println(json ? Json.of(fields(report)) : words(report));
              return report.findings().isEmpty() ? 0 : 1;
            });
  }

  private static String words(Fsck.Report report) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(report.findings().isEmpty() ? "OK: " + counts(report) : "Not as it should be:");
    for (Finding finding : report.findings()) {
      lines.add("  " + finding.what());
      lines.add("    what to do: " + finding.remedy());
    }
    return lines.toString();
  }

  private static String counts(Fsck.Report report) {
    return String.format(
        Locale.ROOT,
        "rows %,d, batches %,d, generations %d, versions %d, decisions %d, predictions %,d;"
            + " waiting in the spool %,d",
        report.tables().map(tables -> tables.rows()).orElse(0L),
        report.tables().map(tables -> tables.batches()).orElse(0L),
        report.tables().map(tables -> tables.generations().size()).orElse(0),
        report.models().map(models -> models.generations().size()).orElse(0),
        report.models().map(models -> models.decisions()).orElse(0),
        report.tables().map(tables -> tables.predictions()).orElse(0L),
        report.spool());
  }

  private static Map<String, Object> fields(Fsck.Report report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ok", report.findings().isEmpty());
    fields.put("spool_waiting", report.spool());
    fields.put(
        "findings",
        report.findings().stream()
            .map(finding -> Map.of("what", finding.what(), "remedy", finding.remedy()))
            .toList());
    return fields;
  }
}
