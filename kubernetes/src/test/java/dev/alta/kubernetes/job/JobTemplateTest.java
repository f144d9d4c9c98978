package dev.alta.kubernetes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.life.CannotStartException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkVersion;
import org.apache.flink.kubernetes.operator.api.spec.JobState;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.junit.jupiter.api.Test;

/** The template as it is shipped, k8s/base/flink/job.yaml. */
class JobTemplateTest {
  private static final JobOrder ORDER =
      new JobOrder("ingest", List.of("ingest", "--data=s3://alta/a.csv"), 4, OptionalLong.of(7));

  static FlinkDeployment shipped() throws IOException {
    try (InputStream yaml =
        Objects.requireNonNull(JobTemplateTest.class.getResourceAsStream("/k8s/job.yaml"))) {
      FlinkDeployment template = Serialization.unmarshal(yaml, FlinkDeployment.class);
      template.getMetadata().setNamespace("alta");
      return template;
    }
  }

  @Test
  void makesAJobOfTheTemplate() throws IOException {
    FlinkDeployment job = JobTemplate.job(shipped(), ORDER);
    assertThat(job.getMetadata().getName()).isEqualTo(ORDER.name());
    assertThat(job.getMetadata().getNamespace()).isEqualTo("alta");
    assertThat(job.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/managed-by", "alta")
        .containsEntry("app.kubernetes.io/component", "pipelines")
        .containsEntry("alta.dev/job", "ingest")
        .containsEntry(JobTemplate.WORKFLOW, "7");
    assertThat(job.getSpec().getFlinkVersion()).isEqualTo(FlinkVersion.v1_19);
    assertThat(job.getSpec().getServiceAccount()).isEqualTo("alta-flink");
    assertThat(job.getSpec().getImage()).isEqualTo("alta-jobs");
    assertThat(job.getSpec().getJob().getState()).isEqualTo(JobState.RUNNING);
    assertThat(job.getSpec().getJob().getUpgradeMode()).isEqualTo(UpgradeMode.STATELESS);
    assertThat(job.getSpec().getJob().getArgs()).containsExactlyElementsOf(ORDER.args());
    assertThat(job.getSpec().getJob().getParallelism()).isEqualTo(4);
    assertThat(job.getSpec().getJob().getJarURI()).startsWith("local:///");
  }

  @Test
  void itsPodsMayDoNothingThatTheyNeedNot() throws IOException {
    PodSpec pod = JobTemplate.job(shipped(), ORDER).getSpec().getPodTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getContainers()).hasSize(1);
    Container main = pod.getContainers().get(0);
    assertThat(main.getName()).isEqualTo("flink-main-container");
    assertThat(main.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(main.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(main.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(main.getEnv())
        .isNotEmpty()
        .allSatisfy(
            variable -> {
              assertThat(variable.getValue()).isNull();
              assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                  .isEqualTo("alta-secrets");
            });
  }

  @Test
  void takesAnImageThatTheSpecNames() throws IOException {
    FlinkDeployment template = shipped();
    template.getSpec().setImage("elsewhere/alta-jobs:3");
    assertThat(JobTemplate.job(template, ORDER).getSpec().getImage())
        .isEqualTo("elsewhere/alta-jobs:3");
  }

  @Test
  void refusesATemplateThatWouldRun() throws IOException {
    FlinkDeployment template = shipped();
    template.getSpec().getJob().setState(JobState.RUNNING);
    assertThatThrownBy(() -> JobTemplate.job(template, ORDER))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(
            "FlinkDeployment alta-jobs: job.state is RUNNING (expected: suspended");
  }

  @Test
  void refusesATemplateWithoutAnImage() throws IOException {
    FlinkDeployment template = shipped();
    template.getSpec().getPodTemplate().getSpec().getContainers().get(0).setImage(null);
    assertThatThrownBy(() -> JobTemplate.job(template, ORDER))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("FlinkDeployment alta-jobs: no image (expected: spec.image");
  }
}
