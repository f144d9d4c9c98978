package dev.alta.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.up.RunningAlta;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/**
 * The views Models, Data and Operations in a browser: two versions that were trained, a database
 * with a ledger, rejects and a workflow, every part real.
 */
@ExtendWith(BrowserAndAlta.class)
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ViewsIT {
  private static final String SETTLED =
      "document.querySelector('main h1') && !document.querySelector('main .loading')";

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
  void visit() {
    browser.size(1600, 1000);
    browser.dark(false);
    browser.visit(alta.url() + "/#/data/split", Locale.US);
    browser.await(SETTLED);
  }

  private static void go(String route, String shown) {
    browser.go(route);
    browser.await(shown);
    browser.await(SETTLED);
  }

  private static String all(String css) {
    return "document.querySelectorAll('" + css + "').length";
  }

  @Test
  @Order(1)
  void showsEveryVersionWithItsFiguresAndWhyItWasPromotedOrNot() {
    go("models", all(".version") + " === 2");

    assertThat(browser.text("#champion")).matches("Champion: version [12]");
    assertThat(browser.text(".versions")).contains("champion", "Mean AUROC", "logistic regression");
    assertThat(browser.js("return " + all(".version .why"))).isEqualTo(2L);
  }

  @Test
  @Order(2)
  void putsTwoVersionsSideBySideWithIntervalsAndWhatDiffers() {
    go("models", all(".version") + " === 2");
    browser.click("[data-version=\"1\"] input");
    browser.click("[data-version=\"2\"] input");
    browser.click("#versions + .button");
    browser.await(all("#compare") + " === 1 && " + all(".part tbody tr") + " > 10");

    assertThat(browser.text("[aria-labelledby=compare]"))
        .contains("Version 1", "Version 2", "Mean AUROC", "Calibration error")
        .containsPattern("0\\.\\d{3} to 0\\.\\d{3}")
        .containsPattern("the same|better|worse");
    assertThat(browser.js("return " + all(".differs"))).isNotEqualTo(0L);
  }

  @Test
  @Order(3)
  void showsAVersionsPicturesAndItsCard() {
    go("models/1", all(".pictures figure") + " >= 8");
    browser.js("document.querySelectorAll('.pictures figure').forEach(f => f.scrollIntoView())");
    browser.await(
        "[...document.querySelectorAll('.pictures img')].length > 3"
            + " && [...document.querySelectorAll('.pictures img')].every(i => i.naturalWidth > 0)");

    assertThat(browser.text(".pictures")).contains("SHAP", "Calibration:", "ROC curves");
    assertThat(browser.find("a[href='models/1/card']").getText()).isEqualTo("Model card");
    assertThat(browser.text("[aria-labelledby=figures]")).contains("Logistic regression");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  @Order(4)
  void promotesAndRollsBackWithAReasonAndSaysWhatBecameOfIt() {
    go("models", all(".version") + " === 2");
    String champion = browser.text("#champion").replaceAll("\\D", "");
    String other = champion.equals("1") ? "2" : "1";
    go("models/" + other, all("button.primary") + " === 1");

    browser.click("button.primary");
    browser.find("dialog[open] input").sendKeys("ada");
    browser.find("dialog[open] textarea").sendKeys("fewer false alarms");
    browser.click("dialog[open] .primary");
    browser.await("document.querySelector('.outcome-of-decision')");

    assertThat(browser.text(".outcome-of-decision"))
        .contains("Version " + other + " is champion now, in place of version " + champion)
        .contains("by ada: fewer false alarms");
    go("models", "document.querySelector('#champion')?.textContent.includes('" + other + "')");
    browser.click("[aria-labelledby=champion] button");
    browser.find("dialog[open] textarea").sendKeys("it was not so");
    browser.click("dialog[open] .primary");
    browser.await("document.querySelector('.outcome-of-decision')");
    browser.await("document.querySelector('#champion')?.textContent.includes('" + champion + "')");
    assertThat(browser.text(".outcome-of-decision"))
        .contains("Version " + champion, "it was not so");
  }

  @Test
  @Order(5)
  void asksForAReasonAndLeavesEverythingAsItIsWhereItIsCancelled() {
    go("models", all(".version") + " === 2");
    String champion = browser.text("#champion");
    String other = champion.endsWith("1") ? "2" : "1";
    go("models/" + other, all("button.primary") + " === 1");

    browser.click("button.primary");
    browser.click("dialog[open] .primary");
    assertThat(
            browser.js(
                "return document.querySelector('dialog[open] textarea').matches(':invalid')"))
        .isEqualTo(true);
    browser.focused().sendKeys(Keys.ESCAPE);
    browser.await(all("dialog[open]") + " === 0");

    go("models", all(".version") + " === 2");
    assertThat(browser.text("#champion")).isEqualTo(champion);
  }

  @Test
  @Order(6)
  void saysWhoWasFaster() {
    go("models", all(".version") + " === 2");
    String champion = browser.text("#champion").replaceAll("\\D", "");
    String other = champion.equals("1") ? "2" : "1";
    go("models/" + other, all("button.primary") + " === 1");
    browser.click("button.primary");
    browser.find("dialog[open] input").sendKeys("ada");
    browser.find("dialog[open] textarea").sendKeys("later");

    Object faster =
        browser.jsAwaiting(
            "return (await fetch('/models/' + arguments[0] + '/promote', { method: 'POST', headers:"
                + " { 'Content-Type': 'application/json' }, body: JSON.stringify({ who: 'bob',"
                + " reason: 'sooner' }) })).status",
            other);
    assertThat(faster).isEqualTo(200L);
    browser.click("dialog[open] .primary");
    browser.await("document.querySelector('dialog[open] .problem')");

    assertThat(browser.text("dialog[open] .problem")).contains("faster");
    browser.focused().sendKeys(Keys.ESCAPE);
    Object back =
        browser.jsAwaiting(
            "return (await fetch('/models/rollback', { method: 'POST', headers: { 'Content-Type':"
                + " 'application/json' }, body: JSON.stringify({ who: 'bob', reason: 'back' })"
                + " })).status");
    assertThat(back).isEqualTo(200L);
    browser.errors(); // 409 is in the browser's log, and meant to be.
  }

  @Test
  void showsEachColumnOfTheContractWithItsDistribution() {
    go("data", all(".column") + " > 40");

    browser.click("[data-column=age] summary");
    browser.await(all("[data-column=age] .column-body > *") + " > 0");
    assertThat(browser.text("[data-column=age]")).contains("Age", "70–79");
    browser.click("[data-column=time_in_hospital] summary");
    browser.await(all("[data-column=time_in_hospital] .facts") + " === 1");
    assertThat(browser.text("[data-column=time_in_hospital]")).contains("Mean", "Median");

    browser.find("input[type=search]").sendKeys("diagnos");
    browser.await(all(".column") + " < 10");
    assertThat(browser.text(".columns")).contains("Primary diagnosis").doesNotContain("Gender");
  }

  @Test
  void putsWhatWasServedBesideTheBaseline() {
    for (int i = 0; i < 3; i++) {
      Object status =
          browser.jsAwaiting(
              "const schema = await (await fetch('/schema')).json();"
                  + "const one = Object.fromEntries(schema.required.map((name) => { const c ="
                  + " schema.properties[name]; return [name, c.enum?.[0] ?? c['x-values']?.[0]?.value"
                  + " ?? c.minimum ?? '250.01']; }));"
                  + "return (await fetch('/predict', { method: 'POST', headers: { 'Content-Type':"
                  + " 'application/json' }, body: JSON.stringify(one) })).status");
      assertThat(status).isEqualTo(200L);
    }
    // They reach the log within a second or so; what was read is told for five seconds.
    Object rows =
        browser.jsAwaiting(
            "for (;;) { const drift = await (await fetch('/data/drift')).json(); if (drift.rows > 0)"
                + " { return drift.rows; } await new Promise((go) => setTimeout(go, 250)); }");
    assertThat((Long) rows).isPositive();

    go("data/batches", "document.querySelector('#ledger')");
    go("data", "document.querySelector('#scores-title')");
    browser.click("[data-column=gender] summary");
    browser.await(all("[data-column=gender] .pairs") + " === 1");
    assertThat(browser.text("[data-column=gender] .pairs")).contains("Baseline", "Served", "%");
  }

  @Test
  void showsTheLedgerTheRejectsAndTheSplit() {
    go("data/batches", "document.querySelector('#ledger')");
    assertThat(browser.text(".part")).contains("Accepted", "Duplicates");

    go("data/rejects", all(".reject") + " > 0");
    assertThat(browser.text(".part")).contains("gender", "Both", "values not allowed");

    go("data/split", "document.querySelector('#sides')");
    assertThat(browser.text(".part")).contains("Train", "Validation", "Test", "60.0%");
    assertThat(browser.text(".digest")).matches("[0-9a-f]{64}");
  }

  @Test
  void showsWhatGoesOnNow() {
    go("operations", "document.querySelector('#now')");
    browser.await(
        "[...document.querySelectorAll('.chart .line')].some((line) =>"
            + " line.getAttribute('points').split(' ').length > 2)");

    assertThat(browser.text("[aria-labelledby=now]"))
        .contains("Requests per second", "Waiting for the log", "Memory");
    assertThat(browser.text("[aria-labelledby=by-status]")).contains("GET /");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void showsWorkflowsWithTheirStepsAndLog() {
    go("operations/runs", all(".workflow") + " > 0");
    assertThat(browser.text(".part")).contains("prepare", "done", "Ingest");

    browser.click(".workflow a");
    browser.await("document.querySelector('#log')");
    assertThat(browser.text(".part")).contains("skipped", "two", "All workflows and runs");
    go("operations/runs/99999", "document.querySelector('.empty')");
    assertThat(browser.text(".empty")).contains("There is no workflow 99999");
    browser.errors(); // 404 is in the browser's log, and meant to be.
  }

  @Test
  void listsLoadTestsAndOpensTheirReports() {
    go("operations/loadtests", "document.querySelector('#loadtests')");
    assertThat(browser.text(".part"))
        .contains("Stress, gRPC Predict", "threshold missed", "between 200 and 300", "7.3 ms");
    String report = browser.find("#loadtests ~ .table-scroll a").getAttribute("href");

    assertThat(report).endsWith("/loadtests/" + RunningAlta.LOAD_TEST + "/report");
    Object policy =
        browser.jsAwaiting(
            "const r = await fetch(arguments[0]); return r.status + ' ' +"
                + " r.headers.get('content-security-policy')",
            report);
    assertThat(policy).asString().startsWith("200 default-src 'none'").contains("sandbox");
    browser.visit(report, Locale.US);
    browser.await("document.querySelector('h1')?.textContent === 'Load test: stress predict'");
    assertThat(browser.js("return getComputedStyle(document.querySelector('h1')).fontStyle"))
        .isEqualTo("italic");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void saysTheWordsInPicturesInThePagesLanguage() {
    browser.visit(alta.url() + "/#/models", Locale.forLanguageTag("es"));
    browser.await(SETTLED);
    // An image's content cannot be asked for, so what images are made of is kept.
    browser.js(
        "window.made = []; const make = URL.createObjectURL;"
            + "URL.createObjectURL = (blob) => { made.push(blob); return make.call(URL, blob); }");
    go("models/1", all(".pictures figure") + " >= 8");
    // Pictures are made once they come near.
    browser.await(
        "(document.querySelector('.pictures figure:not(:has(img))')?.scrollIntoView(), "
            + all(".pictures figure:not(:has(img))")
            + " === 0)");

    Map<?, ?> found = (Map<?, ?>) Objects.requireNonNull(browser.jsAwaiting(WORDS_IN_PICTURES));

    assertThat((Long) found.get("pictures")).isGreaterThanOrEqualTo(8);
    assertThat((Long) found.get("english")).isGreaterThan(20);
    assertThat((List<?>) found.get("left")).isEmpty();
    assertThat(((List<?>) found.get("shown")).stream().map(String::valueOf))
        .contains("↑ proporción real", "aumenta el riesgo →", "Sin reingreso")
        .anyMatch(text -> text.matches("0,\\d{4}"));
    assertThat(browser.errors()).isEmpty();
  }

  // Classes are called as in the data; some drugs are called the same in both languages.
  private static final String WORDS_IN_PICTURES =
      """
      const textsOf = (source) => [...source.matchAll(/<text\\b[^>]*>([^<]*)/g)]
        .map(([, text]) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
      const model = await (await fetch('/models/1')).json();
      const names = model.objects.map(({ name }) => name).filter((name) => name.endsWith('.svg'));
      const sources = names.map(async (name) => (await fetch(`/models/1/figures/${name}`)).text());
      const known = (await import(new URL('page/i18n/es/contract.js', document.baseURI).href)).default;
      const alike = Object.keys(known).filter((word) => known[word] === word);
      const english = new Set((await Promise.all(sources)).flatMap(textsOf)
        .filter((text) => /[a-z]{2}/i.test(text) && ![...alike, ...model.classes].includes(text)));
      const shown = (await Promise.all(made.map((blob) => blob.text()))).flatMap(textsOf);
      return {
        pictures: made.length,
        english: english.size,
        left: shown.filter((text) => english.has(text)),
        shown,
      };
      """;
}
