package dev.alta.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ClassPathTest {
  /** Where gRPC finds it, every call of the scorer is traced, at a third of its time. */
  @Test
  void bringsNoTracingThatGrpcWouldTakeInByItself() {
    assertThatThrownBy(() -> Class.forName("io.grpc.census.InternalCensusStatsAccessor"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
