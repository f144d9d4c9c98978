package dev.alta.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.up.RunningAlta;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes the pictures of the README, on generated rows: {@code ./mvnw verify -pl app -am
 * -Dalta.pictures=../grpc-gateway/docs -Dtest=NoSuch -Dit.test=PicturesIT
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(BrowserAndAlta.class)
@EnabledIfSystemProperty(
    named = "alta.pictures",
    matches = ".+",
    disabledReason = "skipped: -Dalta.pictures=FOLDER makes the pictures of the README")
final class PicturesIT {
  private static final int LARGEST = 150_000;

  private static Browser browser;
  private static RunningAlta alta;

  @BeforeAll
  static void open(Browser openBrowser, RunningAlta runningAlta) {
    browser = openBrowser;
    alta = runningAlta;
  }

  @Test
  void ofAPredictionThatIsExplained() throws Exception {
    browser.dark(false);
    browser.size(1600, 1000);
    browser.visit(alta.url() + "/", Locale.US);
    browser.await("document.querySelector('[data-sample=high]')");
    browser.click("[data-sample=high]");
    browser.await("document.querySelector('#risk.level-high')");
    browser.js(
        "const slider = document.querySelector('[data-column=number_inpatient] [type=range]');"
            + "slider.value = Number(slider.value) + 2;"
            + "slider.dispatchEvent(new Event('input', { bubbles: true }))");
    browser.await("document.querySelector('#what-if')");
    take("predict.png");
    browser.dark(true);
    take("predict-dark.png");
    browser.dark(false);
    browser.size(360, 780);
    browser.click("#short");
    take("predict-360.png");
  }

  private static void take(String name) throws Exception {
    Path file = Path.of(System.getProperty("alta.pictures")).resolve(name);
    // What has changed is on the screen after the second frame.
    browser.jsAwaiting(
        "await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))");
    SmallPicture.write(browser.screenshot(), file);
    assertThat(Files.size(file)).as(name).isLessThan(LARGEST);
  }
}
