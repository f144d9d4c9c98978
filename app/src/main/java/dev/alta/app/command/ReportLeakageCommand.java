package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.proto.v1.Encounter;
import dev.alta.training.leak.LeakagePage;
import dev.alta.training.leak.LeakageTrial;
import dev.alta.training.leak.LeakageTrials;
import dev.alta.training.trees.TreeSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta report leakage}. */
@Command(
    name = "leakage",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows on clean_data, beside the honest figures, what other ways to evaluate would have"
          + " claimed: a split by row, oversampling before the split, visits counted over the whole"
          + " file. Trains four times; changes nothing."
    },
    footer = {"", "Example: alta report leakage --out leakage.html"})
final class ReportLeakageCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final int MIN_ROWS_OF_VALUE = 300;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      defaultValue = "leakage-report.html",
      description = "Where the pictures go to (${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all chance (${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    return new Session(spec, where, json)
        .onData(
            (reached, parts, terminal) -> {
              DatabaseSettings url = reached.database();
              Database database = parts.start(() -> Database.open(url, CONTRACT));
              LeakageTrials trials =
                  new LeakageTrials(
                      CONTRACT,
                      each -> database.cleanData().read(each).number(),
                      TreeSettings.standard(),
                      MIN_ROWS_OF_VALUE,
                      seed);
              List<LeakageTrial> found =
                  terminal.step("train four times", trials::run, done -> "all on the same rows");
              Files.writeString(out, LeakagePage.html(CONTRACT, found));
              PrintWriter result = spec.commandLine().getOut();
              result.println(json ? Json.of(fields(found)) : table(found));
              result.flush();
              terminal.line("Pictures: " + out.toAbsolutePath());
              return 0;
            });
  }

  private static String table(List<LeakageTrial> trials) {
    String urgent = CONTRACT.classes().get(CONTRACT.classes().size() - 1);
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%n%-26s %12s %16s %9s%n",
            "",
            "AUROC " + urgent,
            "any readmission",
            "accuracy"));
    for (LeakageTrial trial : trials) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-26s %12.4f %16.4f %9.4f%s%n",
              trial.name(),
              trial.test().getAuroc(trial.test().getAurocCount() - 1),
              trial.test().getAurocReadmitted(),
              trial.test().getAccuracy(),
              trial.honest() ? "  honest" : ""));
    }
    for (LeakageTrial trial : trials) {
      table.append(
          String.format(
              "%n%s: %s %s", trial.name(), trial.words(), trial.honest() ? "" : trial.why()));
    }
    return table.toString();
  }

  private static List<Map<String, Object>> fields(List<LeakageTrial> trials) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (LeakageTrial trial : trials) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", trial.name());
      fields.put("honest", trial.honest());
      fields.put("what", trial.words());
      fields.put("why_not", trial.why());
      fields.put("training_rows", trial.trainingRows());
      fields.put("test_rows", trial.test().getRows());
      Map<String, Object> auroc = new LinkedHashMap<>();
      for (int c = 0; c < trial.test().getAurocCount(); c++) {
        auroc.put(CONTRACT.classes().get(c), trial.test().getAuroc(c));
      }
      fields.put("auroc", auroc);
      fields.put("auroc_readmitted", trial.test().getAurocReadmitted());
      fields.put("mean_auroc", trial.test().getMeanAuroc());
      fields.put("accuracy", trial.test().getAccuracy());
      list.add(fields);
    }
    return list;
  }
}
