package dev.alta.load.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.jmeter.gui.JMeterGUIComponent;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jorphan.collections.HashTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.abstracta.jmeter.javadsl.core.engines.JmeterEnvironment;

class PlansTest {
  @TempDir private Path folder;

  @Test
  void theFilesAreThoseOfTheirSource() throws IOException {
    for (Map.Entry<String, Plan> plan : Plans.all().entrySet()) {
      Path made = folder.resolve(plan.getKey());
      plan.getValue().dsl().saveAsJmx(made.toString());
      assertThat(Files.readString(Path.of("plans", plan.getKey())))
          .as("%s; loadtest/run plans writes it anew", plan.getKey())
          .isEqualTo(Files.readString(made));
    }
    try (Stream<Path> files = Files.list(Path.of("plans"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Plans.all().keySet());
    }
  }

  @Test
  void jmeterOpensEachFileAndHasAPageForEachOfItsElements() throws Exception {
    JmeterEnvironment jmeter = new JmeterEnvironment();
    for (String name : Plans.all().keySet()) {
      List<TestElement> elements = new ArrayList<>();
      collect(jmeter.loadTree(Path.of("plans", name).toFile()), elements);
      assertThat(elements).as(name).hasSizeGreaterThanOrEqualTo(5);
      for (TestElement element : elements) {
        Class<?> page = Class.forName(element.getPropertyAsString(TestElement.GUI_CLASS));
        assertThat(JMeterGUIComponent.class).isAssignableFrom(page);
      }
    }
  }

  private static void collect(HashTree tree, List<TestElement> elements) {
    for (Object key : tree.list()) {
      elements.add((TestElement) key);
      collect(tree.getTree(key), elements);
    }
  }
}
