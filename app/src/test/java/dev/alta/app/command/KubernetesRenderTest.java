package dev.alta.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubernetesRenderTest {
  private static final String FOLDER = "../k8s";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int render(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "k8s";
    all[1] = "render";
    System.arraycopy(args, 0, all, 2, args.length);
    return new Alta(Map.of(), folder, new PrintWriter(out, true), new PrintWriter(err, true))
        .run(all);
  }

  @Test
  void printsEveryResourceOfAnOverlay() {
    assumeTrue(isThere("kubectl"), "kubectl is not on PATH: install it to enable this test");
    assertThat(render("--overlay", "prod", "--k8s-folder", FOLDER)).isZero();
    assertThat(out.toString())
        .contains("kind: Namespace", "name: alta-scorer", "kind: HorizontalPodAutoscaler")
        .doesNotContain("kind: Secret\n");
  }

  @Test
  void saysWhichOverlayIsNone() {
    assertThat(render("--overlay", "staging", "--k8s-folder", FOLDER)).isEqualTo(1);
    assertThat(err.toString())
        .contains("overlay: ../k8s/overlays/staging is none (expected: a folder such as");
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "version", "--client")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
