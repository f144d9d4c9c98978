package dev.alta.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.up.RunningAlta;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Measures how long somebody who comes for the first time waits: {@code loadtest/page}. */
@ExtendWith(BrowserAndAlta.class)
@EnabledIfSystemProperty(
    named = "alta.page.rounds",
    matches = "\\d+",
    disabledReason = "skipped: a benchmark; loadtest/page runs it")
final class PageTimesIT {
  private static Browser browser;
  private static RunningAlta alta;

  @BeforeAll
  static void open(Browser openBrowser, RunningAlta runningAlta) {
    browser = openBrowser;
    alta = runningAlta;
  }

  @Test
  void untilAPredictionIsExplained() {
    int rounds = Integer.getInteger("alta.page.rounds");
    double[] form = new double[rounds];
    double[] explained = new double[rounds];
    browser.size(1600, 1000);
    // The first opening also warms the server; a caller of a fresh one waits as long once.
    for (int i = -1; i < rounds; i++) {
      browser.visit(alta.url() + "/", Locale.US);
      double ready = millisUntil("document.querySelectorAll('[data-column]').length > 3");
      double answered = millisUntil("document.querySelectorAll('.diverging-item').length > 3");
      if (i < 0) {
        print("first opening", new double[] {ready}, new double[] {answered});
      } else {
        form[i] = ready;
        explained[i] = answered;
      }
    }
    print("openings after it, empty cache", form, explained);
    assertThat(browser.errors()).isEmpty();
  }

  /** Milliseconds from the beginning of the navigation, as the browser counts them. */
  private static double millisUntil(String shown) {
    Object millis =
        browser.jsAwaiting(
            "while (!("
                + shown
                + ")) await new Promise((done) => setTimeout(done, 5));"
                + "return performance.now()");
    return ((Number) millis).doubleValue();
  }

  private static void print(String what, double[] form, double[] explained) {
    System.out.printf(
        Locale.ROOT,
        "%s: form there after %.0f ms, prediction explained after %.0f ms (median of %d), %.0f at"
            + " most%n",
        what,
        median(form),
        median(explained),
        explained.length,
        Arrays.stream(explained).max().orElse(0));
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
