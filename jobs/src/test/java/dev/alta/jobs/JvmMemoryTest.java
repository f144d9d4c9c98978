package dev.alta.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class JvmMemoryTest {
  @Test
  void dividesAJobManagersMemoryAsFlinkDoes() {
    Configuration settings = JvmMemory.given("-Djobmanager.memory.process.size=1g");
    assertThat(JvmMemory.options("jobmanager", settings))
        .contains("-Xmx469762048", "-Xms469762048", "-XX:MaxMetaspaceSize=268435456");
  }

  @Test
  void takesWhatATaskManagerIsGiven() {
    Configuration settings =
        JvmMemory.given(
            "--configDir",
            "/opt/flink/conf",
            "-D",
            "taskmanager.memory.process.size=2g",
            "-Dtaskmanager.memory.managed.size=128m",
            "-Dtaskmanager.resource-id=alta-1");
    assertThat(settings.toMap()).hasSize(3).containsEntry("taskmanager.resource-id", "alta-1");
    assertThat(JvmMemory.options("taskmanager", settings)).contains("-Xmx", "-XX:MaxDirectMemory");
  }

  @Test
  void refusesAnotherRole() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JvmMemory.options("historyserver", new Configuration()))
        .withMessage("role: historyserver (expected: jobmanager or taskmanager)");
  }
}
