package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.app.workflow.RetrainLimits;
import dev.alta.core.contract.Contract;
import dev.alta.database.InferenceLog;
import dev.alta.proto.v1.Encounter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta log prune}. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Deletes the predictions of inference_log that were answered so many days ago or earlier."
          + " Without --delete it says how many these are, and deletes nothing. Less than "
          + RetrainLimits.LIVE_DAYS
          + " days are refused: alta retrain and alta report live look back that far. Outcomes, and"
          + " what keeps a prediction from being logged twice, stay. Also while Alta works."
    },
    footer = {"", "Example: alta log prune --older-than 365d --delete --home ./my-hospital"})
final class LogPruneCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d");

  @Spec private CommandSpec spec;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      required = true,
      description = "Such as 365d.")
  private String olderThan = "";

  @Option(names = "--delete", description = "Delete them.")
  private boolean delete;

  @Mixin private final Who who = new Who();
  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say as JSON what came of it.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    Duration age = Alta.settings(spec, () -> age(olderThan));
    Instant before = Clock.systemUTC().instant().minus(age).truncatedTo(ChronoUnit.SECONDS);
    return new Session(spec, where, json)
        .onDatabase(
            CONTRACT,
            (database, reached, parts, terminal) -> {
              InferenceLog log = database.inferenceLog();
              long rows = delete ? log.prune(before, who.name()) : log.countBefore(before);
              long left = log.count() - (delete ? 0 : rows);
              spec.commandLine()
                  .getOut()
                  .println(json ? Json.of(fields(before, rows, left)) : words(before, rows, left));
              return 0;
            });
  }

  /**
   * Reads a number of days.
   *
   * @throws IllegalArgumentException if it is none, or reports need what is younger
   */
  static Duration age(String text) {
    Matcher days = DAYS.matcher(text);
    if (!days.matches() || Integer.parseInt(days.group(1)) < RetrainLimits.LIVE_DAYS) {
      throw new IllegalArgumentException(
          "older-than: "
              + text
              + " (expected: "
              + RetrainLimits.LIVE_DAYS
              + "d or more, which alta retrain and alta report live look back)");
    }
    return Duration.ofDays(Integer.parseInt(days.group(1)));
  }

  private String words(Instant before, long rows, long left) {
    return String.format(
        Locale.ROOT,
        delete
            ? "%,d predictions of before %s deleted; %,d left"
            : "%,d predictions of before %s; without them %,d are left. Nothing is deleted without"
                + " --delete",
        rows,
        before,
        left);
  }

  private Map<String, Object> fields(Instant before, long rows, long left) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("before", before.toString());
    fields.put("rows", rows);
    fields.put("deleted", delete);
    fields.put("left", left);
    return fields;
  }
}
