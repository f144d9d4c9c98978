package dev.alta.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void aConstantRateIsDueEvenly() {
    Schedule schedule = Scenario.CONSTANT.schedule(10, 3, 7);
    assertThat(schedule.requests()).isEqualTo(30);
    assertThat(schedule.due(0)).isZero();
    assertThat(schedule.due(15)).isEqualTo(1.5);
    assertThat(schedule.due(29)).isEqualTo(2.9);
  }

  @Test
  void stepsGrowUpToTheHighestRate() {
    Schedule schedule = Scenario.STRESS.schedule(30, 6, 3);
    assertThat(schedule.rate(0)).isEqualTo(10);
    assertThat(schedule.rate(2)).isEqualTo(30);
    // 2 s at 10, 2 s at 20, 2 s at 30.
    assertThat(schedule.requests()).isEqualTo(120);
    assertThat(schedule.due(20)).isEqualTo(2);
    assertThat(schedule.due(21)).isEqualTo(2.05);
    assertThat(schedule.due(60)).isEqualTo(4);
  }

  @Test
  void dueTimesNeverGoBackwards() {
    Schedule schedule = Scenario.RAMP.schedule(100, 20, 1);
    for (int request = 1; request < schedule.requests(); request++) {
      assertThat(schedule.due(request)).isGreaterThan(schedule.due(request - 1));
    }
    assertThat(schedule.due(schedule.requests() - 1)).isLessThan(20);
  }

  @Test
  void workersShareTheRateAndKeepTheSteps() {
    Schedule share = new Schedule(40, 4, 5).share(2);
    assertThat(share).isEqualTo(new Schedule(20, 4, 5));
    assertThat(share.requests() * 2).isEqualTo(new Schedule(40, 4, 5).requests());
  }

  @Test
  void refusesStepsThatAreNotWholeSeconds() {
    assertThatThrownBy(() -> Scenario.STRESS.schedule(30, 7, 3))
        .hasMessage("--seconds: 7 (expected: a multiple of --steps, 3)");
  }
}
