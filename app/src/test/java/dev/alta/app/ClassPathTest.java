package dev.alta.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ClassPathTest {
  /** Library and version; what is known; why it is accepted; what ends it. */
  private static final Pattern FINDING =
      Pattern.compile("\\| `[^`:]+:([^`:]+):([^`:]+)` (?:\\| [^|]*[^| ] ){3}\\|");

  /** Where gRPC finds it, every call of the scorer is traced, at a third of its time. */
  @Test
  void bringsNoTracingThatGrpcWouldTakeInByItself() {
    assertThatThrownBy(() -> Class.forName("io.grpc.census.InternalCensusStatsAccessor"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  /** A finding of a library or version that is gone is not to be carried on. */
  @Test
  void acceptsFindingsOfLibrariesThatAreThere() throws IOException {
    Set<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(jar -> Path.of(jar).getFileName().toString())
            .collect(Collectors.toSet());
    List<String> rows =
        Files.readAllLines(Path.of("..", "security", "ACCEPTED.md")).stream()
            .filter(line -> line.startsWith("|"))
            .skip(2) // the heading
            .toList();

    assertThat(rows).isNotEmpty();
    for (String row : rows) {
      Matcher finding = FINDING.matcher(row);
      assertThat(finding).as(row).matches();
      assertThat(jars).contains(finding.group(1) + "-" + finding.group(2) + ".jar");
    }
  }
}
