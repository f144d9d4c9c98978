package dev.alta.app.view;

import dev.alta.database.Holder;
import dev.alta.database.PipelineRun;
import dev.alta.database.WorkflowRun;
import dev.alta.proto.v1.LogLine;
import dev.alta.proto.v1.PipelineSheet;
import dev.alta.proto.v1.RunSheet;
import dev.alta.proto.v1.StepSheet;
import dev.alta.proto.v1.WorkflowSheet;
import java.util.List;

/** Workflows and runs, a page at a time. */
final class RunSheets {
  static final int MOST_RUNS = 100;
  static final int MOST_LINES = 1_000;

  private RunSheets() {}

  /**
   * A page of both.
   *
   * @param workflows one more than the limit where there are more; so are the runs
   */
  static RunSheet of(List<WorkflowRun> workflows, List<PipelineRun> runs, int limit) {
    RunSheet.Builder sheet = RunSheet.newBuilder();
    workflows.stream().limit(limit).forEach(workflow -> sheet.addWorkflows(workflow(workflow)));
    runs.stream().limit(limit).forEach(run -> sheet.addRuns(run(run)));
    if (workflows.size() > limit) {
      sheet.setNextWorkflow(Long.toString(workflows.get(limit - 1).workflow()));
    }
    if (runs.size() > limit) {
      sheet.setNextRun(Long.toString(runs.get(limit - 1).run()));
    }
    return sheet.build();
  }

  /**
   * A workflow with what it asked for.
   *
   * @param log its latest lines, one more than {@link #MOST_LINES} where there are more
   */
  static WorkflowSheet of(
      WorkflowRun workflow, List<PipelineRun> runs, List<WorkflowRun.Line> log) {
    WorkflowSheet.Builder sheet = workflow(workflow).setLogCut(log.size() > MOST_LINES);
    runs.forEach(run -> sheet.addRuns(run(run)));
    log.stream()
        .skip(Math.max(0, log.size() - MOST_LINES))
        .forEach(
            line ->
                sheet.addLog(
                    LogLine.newBuilder()
                        .setAt(line.at().toString())
                        .setStep(line.step())
                        .setWords(line.words())));
    return sheet.build();
  }

  private static WorkflowSheet.Builder workflow(WorkflowRun workflow) {
    WorkflowSheet.Builder sheet =
        WorkflowSheet.newBuilder()
            .setWorkflow(workflow.workflow())
            .setKind(workflow.kind())
            .setState(workflow.standing())
            .setStarted(workflow.started().toString());
    workflow.result().ifPresent(sheet::setResult);
    workflow.ended().ifPresent(ended -> sheet.setEnded(ended.toString()));
    workflow.holder().map(Holder::words).ifPresent(sheet::setHeldBy);
    workflow.steps().forEach(step -> sheet.addSteps(step(step)));
    return sheet;
  }

  private static StepSheet step(WorkflowRun.Step step) {
    StepSheet.Builder sheet =
        StepSheet.newBuilder()
            .setStep(step.name())
            .setState(step.state().name())
            .setAttempts(step.attempts())
            .setStarted(step.started().toString());
    step.ended().ifPresent(ended -> sheet.setEnded(ended.toString()));
    return sheet.build();
  }

  private static PipelineSheet run(PipelineRun run) {
    PipelineSheet.Builder sheet =
        PipelineSheet.newBuilder()
            .setRun(run.run())
            .setKind(run.kind())
            .setWhat(run.subject())
            .setState(run.standing())
            .setStartedBy(run.who())
            .setStarted(run.started().toString())
            .setSeen(run.seen().toString())
            .setSeconds(run.seconds())
            .setRowsRead(run.counts().read())
            .setRowsPassed(run.counts().passed())
            .setRowsRejected(run.counts().rejected())
            .setBatches(run.counts().batches())
            .setFlinkMaster(run.master());
    run.reason().ifPresent(sheet::setReason);
    run.ended().ifPresent(ended -> sheet.setEnded(ended.toString()));
    run.total().ifPresent(sheet::setRowsTotal);
    run.job().ifPresent(sheet::setFlinkJob);
    run.workflow().ifPresent(sheet::setWorkflow);
    return sheet.build();
  }
}
