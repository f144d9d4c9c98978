package dev.alta.kubernetes.job;

import dev.alta.kubernetes.job.JobStanding.Failed;
import dev.alta.kubernetes.job.JobStanding.Finished;
import dev.alta.kubernetes.job.JobStanding.Troubled;
import dev.alta.kubernetes.job.JobStanding.Untaken;
import dev.alta.kubernetes.job.JobStanding.Working;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.status.FlinkDeploymentStatus;
import org.apache.flink.kubernetes.operator.api.status.JobManagerDeploymentStatus;

/** Reads a job's status. */
final class Standings {
  // What the operator's validator throws; it looks at the job again only when its spec changes.
  private static final String REFUSED = "ValidationException";

  private Standings() {}

  static JobStanding of(FlinkDeployment deployment) {
    FlinkDeploymentStatus status = deployment.getStatus();
    if (status == null) {
      return new Untaken();
    }
    Optional<String> job = Optional.ofNullable(status.getJobStatus().getJobId());
    Optional<String> error = Optional.ofNullable(status.getError()).filter(e -> !e.isBlank());
    JobStatus state = status.getJobStatus().getState();
    if (state != null && state.isGloballyTerminalState()) {
      return state == JobStatus.FINISHED
          ? new Finished(job.orElse(""))
          : new Failed(job, "Flink: " + state + error.map(e -> ": " + ErrorWords.of(e)).orElse(""));
    }
    if (error.isPresent()) {
      String words = "operator: " + ErrorWords.of(error.get());
      return error.get().contains(REFUSED) ? new Failed(job, words) : new Troubled(words);
    }
    JobManagerDeploymentStatus jobManager = status.getJobManagerDeploymentStatus();
    if (status.getReconciliationStatus().isBeforeFirstDeployment()) {
      return new Untaken();
    }
    return new Working(
        job, "JobManager " + jobManager + (state == null ? "" : ", job " + state.name()));
  }
}
