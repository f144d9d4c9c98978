package dev.alta.kubernetes.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorWordsTest {
  @Test
  void saysTheInnermostCause() {
    assertThat(
            ErrorWords.of(
                """
                {"type":"org.apache.flink.util.SerializedThrowable","message":"outer","throwableList":[
                 {"type":"a","message":"org.apache.flink.client.program.ProgramInvocationException: middle"},
                 {"type":"b","message":"dev.alta.pipelines.PipelineException: s3://alta/a.csv: not there (expected: a file)\\nmore"},
                 {"type":"c"}]}
                """))
        .isEqualTo("s3://alta/a.csv: not there (expected: a file)");
  }

  @Test
  void saysWhyADeploymentWasRefused() {
    assertThat(
            ErrorWords.of(
                """
                {"type":"org.apache.flink.kubernetes.operator.exception.DeploymentFailedException",
                 "message":"back-off 10s restarting failed container",
                 "additionalMetadata":{"reason":"CrashLoopBackOff"},"throwableList":[]}
                """))
        .isEqualTo("CrashLoopBackOff: back-off 10s restarting failed container");
  }

  @Test
  void takesTheTypeWhereThereIsNoMessageAndTheTextWhereItIsNoJson() {
    assertThat(ErrorWords.of("{\"type\":\"java.io.EOFException\"}"))
        .isEqualTo("java.io.EOFException");
    assertThat(ErrorWords.of("java.lang.IllegalStateException: x\n at y")).isEqualTo("x");
  }
}
