package dev.alta.app.command;

import dev.alta.app.workflow.Finding;
import dev.alta.app.workflow.RetrainDecision;
import dev.alta.core.report.Html;
import dev.alta.database.Holder;
import dev.alta.database.PipelineRun;
import dev.alta.database.WorkflowRun;
import dev.alta.database.WorkflowRun.Line;
import dev.alta.database.WorkflowRun.Step;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Workflows as lines for people, and as fields for JSON. */
final class WorkflowTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  // Of what came of one in the list; its log has all of it.
  private static final int LONGEST = 150;

  private WorkflowTable() {}

  /**
   * All of them.
   *
   * @param runs of pipelines, among which are those that they asked for
   */
  static String of(List<WorkflowRun> workflows, List<PipelineRun> runs) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(row("workflow", "kind", "state", "started", "what came of it"));
    for (WorkflowRun workflow : workflows) {
      lines.add(line(workflow));
      String caused =
          caused(workflow, runs).stream()
              .map(run -> run.run() + " (" + run.kind() + ")")
              .collect(Collectors.joining(", "));
      if (!caused.isEmpty()) {
        lines.add("          runs " + caused);
      }
    }
    return lines.toString();
  }

  /** One of them with its steps and its log. */
  static String of(WorkflowRun workflow, List<PipelineRun> runs, List<Line> log) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(of(List.of(workflow), runs));
    workflow.holder().ifPresent(holder -> lines.add("          held by " + holder.words()));
    lines.add("          asked for: " + workflow.settings());
    lines.add("");
    for (Step step : workflow.steps()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%8d  %-8s %-11s %-19s %10s%s",
              step.position(),
              step.name(),
              step.state(),
              TIME.format(step.started()),
              step.took().map(WorkflowTable::seconds).orElse(""),
              step.attempts() == 1 ? "" : "  attempt " + step.attempts()));
    }
    lines.add("");
    for (Line line : log) {
      lines.add(
          String.format(
              Locale.ROOT, "  %s  %-8s %s", TIME.format(line.at()), line.step(), line.words()));
    }
    return lines.toString();
  }

  /** What came of one, for the end of the command that did it. */
  static String result(WorkflowRun workflow) {
    return workflow.result().orElse("")
        + System.lineSeparator()
        + "Steps and log: alta runs show "
        + workflow.workflow();
  }

  static String words(RetrainDecision decision) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(decision.words() + ".");
    for (Finding finding : decision.findings()) {
      lines.add((finding.calls() ? "  ! " : "  - ") + finding.words());
    }
    return lines.toString();
  }

  static Map<String, Object> fields(RetrainDecision decision) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("trains", decision.trains());
    fields.put("words", decision.words());
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Finding finding : decision.findings()) {
      Map<String, Object> found = new LinkedHashMap<>();
      found.put("name", finding.name());
      found.put("calls", finding.calls());
      found.put("words", finding.words());
      findings.add(found);
    }
    fields.put("findings", findings);
    return fields;
  }

  static Map<String, Object> fields(WorkflowRun workflow) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("workflow", workflow.workflow());
    fields.put("kind", workflow.kind());
    fields.put("state", workflow.standing());
    fields.put("result", workflow.result());
    fields.put("started", workflow.started());
    fields.put("ended", workflow.ended());
    fields.put("held_by", workflow.holder().map(Holder::words));
    fields.put("steps", workflow.steps().stream().map(WorkflowTable::fields).toList());
    return fields;
  }

  /** The same with the runs it asked for and its log. */
  static Map<String, Object> fields(WorkflowRun workflow, List<PipelineRun> runs, List<Line> log) {
    Map<String, Object> fields = fields(workflow);
    fields.put("runs", caused(workflow, runs).stream().map(PipelineRun::run).toList());
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Line line : log) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("at", line.at());
      said.put("step", line.step());
      said.put("words", line.words());
      lines.add(said);
    }
    fields.put("log", lines);
    return fields;
  }

  private static Map<String, Object> fields(Step step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", step.name());
    fields.put("state", step.state());
    fields.put("attempts", step.attempts());
    fields.put("started", step.started());
    fields.put("ended", step.ended());
    return fields;
  }

  private static List<PipelineRun> caused(WorkflowRun workflow, List<PipelineRun> runs) {
    return runs.stream()
        .filter(
            run -> run.workflow().isPresent() && run.workflow().getAsLong() == workflow.workflow())
        .toList();
  }

  private static String line(WorkflowRun workflow) {
    String step =
        workflow.steps().stream()
            .filter(found -> !found.isOver())
            .findFirst()
            .map(found -> "at step " + found.name())
            .orElse("");
    String words =
        switch (workflow.state()) {
          case DONE -> Html.cut(workflow.result().orElse(""), LONGEST);
          case FAILED ->
              Html.cut(workflow.result().orElse(""), LONGEST) + "; to go on: " + resume(workflow);
          case RUNNING ->
              workflow.isInterrupted() ? step + "; to go on: " + resume(workflow) : step;
        };
    return row(
        workflow.workflow(),
        workflow.kind(),
        workflow.standing(),
        TIME.format(workflow.started()),
        words);
  }

  private static String resume(WorkflowRun workflow) {
    return "alta runs resume " + workflow.workflow();
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%8s  %-8s %-11s %-19s %s", cells).stripTrailing();
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1e3);
  }
}
