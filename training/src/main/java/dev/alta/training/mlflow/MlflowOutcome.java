package dev.alta.training.mlflow;

/** What became of a version in MLflow. */
public sealed interface MlflowOutcome {
  /** In one line, for people. */
  String words();

  /**
   * It is there.
   *
   * @param runId MLflow's number of the run
   * @param page where people see the run
   * @param modelVersion MLflow's number of the model version
   */
  record Recorded(String runId, String page, String modelVersion) implements MlflowOutcome {
    @Override
    public String words() {
      return "recorded in MLflow as model version " + modelVersion + ": " + page;
    }
  }

  /**
   * It is not, or not all of it; the version itself is in Alta's registry as ever.
   *
   * @param reason what MLflow said, and what was expected
   */
  record NotRecorded(String reason) implements MlflowOutcome {
    @Override
    public String words() {
      return "not recorded in MLflow: " + reason;
    }
  }
}
