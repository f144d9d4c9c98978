package dev.alta.app.command;

import dev.alta.database.PipelineRun;
import dev.alta.database.RunCounts;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Runs as lines for people, and as fields for JSON. */
final class RunTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());
  private static final String ROW = "%5s  %-8s %-8s %-19s %10s %23s %13s %11s %8s  %s";

  private RunTable() {}

  static String of(List<PipelineRun> runs) {
    if (runs.isEmpty()) {
      return "No runs yet.";
    }
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(
        String.format(
            Locale.ROOT,
            ROW,
            "run",
            "kind",
            "state",
            "started",
            "took",
            "rows read",
            "passed",
            "rejected",
            "batches",
            "what"));
    for (PipelineRun run : runs) {
      lines.add(line(run));
      run.reason().ifPresent(reason -> lines.add("       " + reason));
      run.job().ifPresent(job -> lines.add("       Flink job " + job + " on " + run.master()));
    }
    return lines.toString();
  }

  private static String line(PipelineRun run) {
    RunCounts counts = run.counts();
    String total =
        run.total().isPresent() && run.ended().isEmpty()
            ? String.format(Locale.ROOT, " of %,d", run.total().getAsLong())
            : "";
    return String.format(
        Locale.ROOT,
        ROW,
        run.run(),
        run.kind(),
        run.standing(),
        TIME.format(run.started()),
        String.format(Locale.ROOT, "%.1f s", run.seconds()),
        String.format(Locale.ROOT, "%,d", counts.read()) + total,
        String.format(Locale.ROOT, "%,d", counts.passed()),
        String.format(Locale.ROOT, "%,d", counts.rejected()),
        String.format(Locale.ROOT, "%,d", counts.batches()),
        run.subject());
  }

  static Map<String, Object> fields(PipelineRun run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", run.run());
    fields.put("kind", run.kind());
    fields.put("what", run.subject());
    fields.put("state", run.standing());
    fields.put("reason", run.reason());
    fields.put("started_by", run.who());
    fields.put("started", run.started());
    fields.put("seen", run.seen());
    fields.put("ended", run.ended());
    fields.put("seconds", run.seconds());
    fields.put(
        "rows_total",
        run.total().isPresent() ? Optional.of(run.total().getAsLong()) : Optional.empty());
    fields.put("rows_read", run.counts().read());
    fields.put("rows_passed", run.counts().passed());
    fields.put("rows_rejected", run.counts().rejected());
    fields.put("batches", run.counts().batches());
    fields.put("flink_master", run.master());
    fields.put("flink_job", run.job());
    fields.put(
        "workflow",
        run.workflow().isPresent() ? Optional.of(run.workflow().getAsLong()) : Optional.empty());
    return fields;
  }
}
