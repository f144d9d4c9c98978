package dev.alta.kubernetes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobOrderTest {
  private static final List<String> ARGS = List.of("ingest", "--data=s3://alta/a.csv");

  @Test
  void isAlwaysCalledTheSame() {
    JobOrder order = new JobOrder("ingest", ARGS, 2, OptionalLong.of(7));
    assertThat(order.name()).isEqualTo("alta-ingest-w7-c515334c69");
    assertThat(order.name())
        .as("as the operator wants names to be")
        .matches("[a-z]([-a-z0-9]{0,43}[a-z0-9])");
  }

  @Test
  void isCalledOtherwiseWhereAnythingOfItIsOtherwise() {
    assertThat(
            List.of(
                new JobOrder("ingest", ARGS, 2, OptionalLong.of(7)).name(),
                new JobOrder("ingest", ARGS, 2, OptionalLong.of(8)).name(),
                new JobOrder("ingest", ARGS, 2, OptionalLong.empty()).name(),
                new JobOrder("ingest", ARGS, 3, OptionalLong.of(7)).name(),
                new JobOrder("score", ARGS, 2, OptionalLong.of(7)).name(),
                new JobOrder("ingest", List.of("ingest"), 2, OptionalLong.of(7)).name()))
        .doesNotHaveDuplicates();
  }

  @Test
  void stayBelowTheOperatorsLimitForTheLargestNumber() {
    JobOrder order = new JobOrder("prepare", ARGS, 2, OptionalLong.of(Long.MAX_VALUE));
    assertThat(order.name()).hasSizeLessThanOrEqualTo(45);
  }

  @Test
  void refusesAJobWithoutWorkers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JobOrder("ingest", ARGS, 0, OptionalLong.empty()))
        .withMessage("parallelism: 0 (expected: > 0)");
  }
}
