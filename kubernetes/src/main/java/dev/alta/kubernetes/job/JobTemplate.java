package dev.alta.kubernetes.job;

import dev.alta.core.life.CannotStartException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobState;

/** Makes jobs of the suspended FlinkDeployment that stands in the cluster as their template. */
final class JobTemplate {
  static final String WORKFLOW = "alta.dev/workflow";
  private static final String MAIN_CONTAINER = "flink-main-container";

  private JobTemplate() {}

  /**
   * A job.
   *
   * @param template as it was just read; the job takes its spec over
   * @throws CannotStartException in one line, if it is none
   */
  static FlinkDeployment job(FlinkDeployment template, JobOrder order) {
    FlinkDeploymentSpec spec = template.getSpec();
    JobSpec jobSpec = spec.getJob();
    if (jobSpec == null || jobSpec.getState() != JobState.SUSPENDED) {
      throw new CannotStartException(
          "FlinkDeployment "
              + template.getMetadata().getName()
              + ": job.state is "
              + (jobSpec == null ? "none" : jobSpec.getState())
              + " (expected: suspended, as it is the template of jobs and no job)");
    }
    jobSpec.setState(JobState.RUNNING);
    jobSpec.setArgs(order.args().toArray(String[]::new));
    jobSpec.setParallelism(order.parallelism());
    if (spec.getImage() == null) {
      spec.setImage(image(template));
    }
    FlinkDeployment job = new FlinkDeployment();
    job.setMetadata(
        new ObjectMetaBuilder()
            .withName(order.name())
            .withNamespace(template.getMetadata().getNamespace())
            .withLabels(labels(template, order))
            .build());
    job.setSpec(spec);
    job.setStatus(null);
    return job;
  }

  private static Map<String, String> labels(FlinkDeployment template, JobOrder order) {
    Map<String, String> labels = new HashMap<>();
    if (template.getMetadata().getLabels() != null) {
      labels.putAll(template.getMetadata().getLabels());
    }
    labels.put("app.kubernetes.io/managed-by", "alta");
    labels.put("alta.dev/job", order.kind());
    order.workflow().ifPresent(number -> labels.put(WORKFLOW, Long.toString(number)));
    return labels;
  }

  /** That of the main container, where a kustomization's `images:` finds it. */
  private static String image(FlinkDeployment template) {
    return Stream.ofNullable(template.getSpec().getPodTemplate())
        .flatMap(pod -> pod.getSpec().getContainers().stream())
        .filter(container -> MAIN_CONTAINER.equals(container.getName()))
        .map(Container::getImage)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(
            () ->
                new CannotStartException(
                    "FlinkDeployment "
                        + template.getMetadata().getName()
                        + ": no image (expected: spec.image, or that of the container "
                        + MAIN_CONTAINER
                        + ")"));
  }
}
