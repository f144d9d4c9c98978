package dev.alta.pipelines.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.pipelines.PipelineException;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class FlinkJobTest {
  @Test
  void findsTheOneLineInWhatComesBackFromACluster() {
    PipelineException wrong = new PipelineException("visits.csv: not there (expected: a file)");
    RuntimeException sent = new RuntimeException("Job failed", new SerializedThrowable(wrong));
    assertThat(FailureReason.of("ingest", sent))
        .isInstanceOf(PipelineException.class)
        .hasMessage("visits.csv: not there (expected: a file)");
    assertThat(FailureReason.of("ingest", new RuntimeException(new ArithmeticException("a\nb"))))
        .hasMessage("ingest: java.lang.ArithmeticException: a");
  }

  @Test
  void tellsFlinkWhichErrorsNoOtherTryCanMend() {
    assertThat(
            ThrowableClassifier.findThrowableOfThrowableType(
                new RuntimeException(new PipelineException("wrong")),
                ThrowableType.NonRecoverableError))
        .isPresent();
    assertThat(
            ThrowableClassifier.findThrowableOfThrowableType(
                new RuntimeException(new IllegalStateException("database away")),
                ThrowableType.NonRecoverableError))
        .isEmpty();
  }

  @Test
  void refusesAMasterThatIsNoAddress() {
    assertThat(new FlinkSettings("flink-jobmanager:8081", 4).attached()).isTrue();
    assertThatThrownBy(() -> new FlinkSettings("http://flink:8081", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("flinkMaster: http://flink:8081 (expected: host:port");
  }

  @Test
  void readsTheInnermostCauseOfAPrintedException() {
    assertThat(
            ClusterJob.rootCause(
                "org.apache.flink.runtime.JobException: Recovery is suppressed\n\tat a.B.c(D:1)\n"
                    + "Caused by: java.lang.RuntimeException: outer\n"
                    + "Caused by: dev.alta.pipelines.PipelineException: x.csv: changed (expected:"
                    + " no)\n\t... 9 more"))
        .isEqualTo("x.csv: changed (expected: no)");
  }
}
