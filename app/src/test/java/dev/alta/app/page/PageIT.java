package dev.alta.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.up.RunningAlta;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.testing.Visit;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for the page as a whole, in each of its views. */
@ExtendWith(BrowserAndAlta.class)
@Timeout(120)
final class PageIT {
  private static final Locale SPANISH = Locale.forLanguageTag("es-MX");
  private static final String SETTLED =
      "document.querySelector('main h1') && !document.querySelector('main .loading')";
  private static final String EXPLAINED = "document.querySelectorAll('.diverging-item').length > 3";
  private static final int MOST_BYTES = 300_000;

  private static Browser browser;
  private static RunningAlta alta;

  @BeforeAll
  static void open(Browser openBrowser, RunningAlta runningAlta) throws IOException {
    browser = openBrowser;
    alta = runningAlta;
    alta.leaveAWorkflow();
    alta.leaveALoadTest();
  }

  @BeforeEach
  void light() {
    browser.size(1600, 1000);
    browser.dark(false);
  }

  private static void visit(Locale language) {
    browser.visit(alta.url() + "/", language);
    browser.await(EXPLAINED);
  }

  @Test
  void axeFindsNothingWrongAndNothingScrollsSidewaysInAnyView() {
    visit(Locale.US);
    browser.await("document.querySelector('[data-sample=high]')");
    List<String> wrong = new ArrayList<>();
    List<String> views =
        inEachView(
            view -> {
              for (boolean dark : List.of(false, true)) {
                browser.dark(dark);
                browser.size(dark ? 360 : 1600, 1000);
                browser.axe().forEach(found -> wrong.add(view + " dark=" + dark + ": " + found));
              }
              browser.dark(false);
              noteWhereItScrollsSideways(view, wrong);
            });
    assertThat(wrong).isEmpty();
    assertThat(browser.errors()).as("in the browser's log").isEmpty();
    assertThat(views)
        .contains("predict/list", "models/1", "data/rejects", "data/split", "operations/loadtests")
        .anyMatch(view -> view.matches("operations/runs/\\d+"));
  }

  @Test
  void hasATextForEverythingInSpanishAndNothingScrollsSidewaysThereEither() {
    visit(SPANISH);
    List<String> wrong = new ArrayList<>();
    inEachView(
        view -> {
          assertThat(browser.text("main")).as(view).doesNotContain("undefined", "NaN", "[object");
          noteWhereItScrollsSideways(view, wrong);
        });
    assertThat(wrong).isEmpty();
    // A missing text is an error there.
    assertThat(browser.errors()).as("in the browser's log").isEmpty();
  }

  private static void noteWhereItScrollsSideways(String view, List<String> found) {
    for (int width : List.of(360, 700, 1024, 1600)) {
      browser.size(width, 800);
      if (browser.scrollsSideways()) {
        found.add(view + " at " + width);
      }
    }
  }

  /**
   * Goes wherever a link leads to, from any view; of those that differ by a number only, to one.
   */
  private static List<String> inEachView(Consumer<String> look) {
    List<String> seen = new ArrayList<>();
    Set<String> kinds = new HashSet<>();
    Deque<String> left = new ArrayDeque<>(routes());
    left.add("models/1?compare=2");
    while (!left.isEmpty()) {
      String route = left.remove();
      if (kinds.add(route.replaceAll("\\d+", "0"))) {
        browser.go(route);
        browser.await(SETTLED);
        seen.add(route);
        look.accept(route);
        left.addAll(routes());
      }
    }
    return seen;
  }

  @Test
  void comesInTheBrowsersLanguageAndKeepsTheOneThatIsChosen() {
    visit(SPANISH);
    assertThat(browser.js("return document.documentElement.lang")).isEqualTo("es");
    assertThat(browser.text("h1"))
        .isEqualTo("¿Qué probabilidad hay de que este paciente reingrese?");
    assertThat(browser.text("[data-column=gender]")).contains("Sexo", "Mujer");

    browser.js(
        "const box = document.getElementById('language'); box.value = 'en';"
            + "box.dispatchEvent(new Event('change'))");
    browser.await("document.documentElement.lang === 'en' && " + EXPLAINED);
    browser.reload();
    browser.await(EXPLAINED);

    assertThat(browser.js("return document.documentElement.lang")).isEqualTo("en");
    assertThat(browser.text("h1")).isEqualTo("How likely is this patient to come back?");
  }

  @Test
  void isLightOrDarkAsTheSystemUnlessTheReaderChoseOne() {
    visit(Locale.US);
    String light = background();
    browser.dark(true);
    String dark = background();

    assertThat(dark).isNotEqualTo(light);
    browser.js(
        "const box = document.getElementById('theme'); box.value = 'light';"
            + "box.dispatchEvent(new Event('change'))");
    assertThat(background()).isEqualTo(light);
    browser.reload();
    browser.await(EXPLAINED);
    assertThat(background()).isEqualTo(light);
  }

  @Test
  void asksNobodyButTheGatewayAndLittleOfIt() {
    List<Browser.Traffic> traffic;
    try (Browser watched = Browser.openWatched()) {
      watched.visit(alta.url() + "/", Locale.US);
      watched.await(EXPLAINED);
      for (String view : List.of("models", "data", "operations")) {
        watched.go(view);
        watched.await(SETTLED);
      }
      traffic = watched.traffic();
    }

    assertThat(traffic.stream().map(Browser.Traffic::url).filter(url -> !url.isEmpty()))
        .hasSizeGreaterThan(10)
        .allMatch(
            url ->
                url.startsWith(alta.url() + "/")
                    || url.startsWith("blob:")
                    || url.equals("about:blank"));
    assertThat(traffic.stream().mapToLong(Browser.Traffic::bytes).sum()).isLessThan(MOST_BYTES);
  }

  @Test
  void showsTheColumnsOfAnotherContractWithoutAChange() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", alta.grpcPort()).usePlaintext().build();
    try (Gateway gateway =
        Gateway.start(
            GatewaySettings.of(Listen.onLoopback(0)),
            channel,
            Optional.empty(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Contract.of(Visit.getDescriptor()))) {
      browser.visit(gateway.url() + "/", Locale.US);
      browser.await("document.querySelectorAll('.field').length > 3");

      assertThat(
              browser.js(
                  "return [...document.querySelectorAll('.field')].map(f => f.dataset.column)"))
          .isEqualTo(
              List.of(
                  "ward",
                  "creatinine",
                  "falls",
                  "cause",
                  "earlier_visits",
                  "earlier_falls",
                  "last_falls",
                  "visits_between"));
      assertThat(browser.text("[data-column=ward]")).contains("Not recorded", "surgery");
      assertThat(browser.text("[data-column=ward]")).doesNotContain("hospice");
      assertThat(browser.text("[data-column=creatinine]"))
          .contains("0 to 30 mg/dL", "typical: 1.1");
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void saysWhichFileOfThePageIsMissing() {
    visit(Locale.US);
    browser.block("*/page/views/predict.js");
    browser.reload();
    browser.await("document.querySelector('.problem')");
    assertThat(browser.text(".problem"))
        .contains("This view could not be shown", "predict.js", "Reload the page");

    browser.block("*/page/dom.js");
    browser.reload();
    browser.await("document.querySelector('.missing')");
    assertThat(browser.text(".missing")).contains("could not be loaded", "gateway’s log");
    browser.block("*/nothing");
  }

  @Test
  void saysThatTheServerIsAwayAndGoesOnOnceItIsBack() {
    visit(Locale.US);
    browser.block("*/explain*");
    browser.click("[data-sample=typical]");
    browser.await("document.querySelector('.problem')");
    assertThat(browser.text(".problem")).contains("The server does not answer", "Try again");

    browser.block("*/nothing");
    browser.click(".problem button");
    browser.await(EXPLAINED);
  }

  private static String background() {
    return String.valueOf(browser.js("return getComputedStyle(document.body).backgroundColor"));
  }

  /** Every place that a link of the page leads to. */
  private static List<String> routes() {
    Object found =
        browser.js(
            "return [...new Set([...document.querySelectorAll('a[href^=\"#/\"]')]"
                + ".map(link => link.getAttribute('href').slice(2)))]");
    assertThat(found).isInstanceOf(List.class);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }
}
