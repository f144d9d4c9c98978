package dev.alta.load.command;

import dev.alta.load.record.Recording;
import dev.alta.load.report.Check;
import dev.alta.load.report.Comparison;
import dev.alta.load.report.Facts;
import dev.alta.load.report.Outcome;
import dev.alta.load.report.ReportFolder;
import dev.alta.load.report.TextReport;
import dev.alta.load.report.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The end of a run: figures are printed, kept, compared and judged. */
record Keeping(
    KeepOptions where,
    LimitOptions limits,
    Thresholds thresholds,
    Optional<Outcome> earlier,
    PrintWriter out) {
  /**
   * Keeps it.
   *
   * @return the exit code
   */
  int keep(Facts facts, List<Recording> parts) throws IOException {
    Recording recording = parts.size() == 1 ? parts.get(0) : Recording.sum(parts);
    Outcome run = Outcome.of(facts, recording, limits.breakP99(), limits.breakErrors());
    Optional<Comparison> comparison = earlier.map(before -> new Comparison(run, before));
    List<Check> checks = thresholds.check(run, earlier);
    TextReport.lines(run, comparison, checks).forEach(out::println);
    Path folder = where.folder(facts.id());
    new ReportFolder(folder).write(run, recording, comparison, checks);
    out.println("report: " + folder.resolve(ReportFolder.REPORT));
    return checks.stream().allMatch(Check::met) ? 0 : 1;
  }
}
