package dev.alta.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.up.RunningAlta;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The Predict view in a browser, before a scorer with a model that was trained on generated rows.
 */
@ExtendWith(BrowserAndAlta.class)
@Timeout(120)
final class PredictViewIT {
  private static final String EXPLAINED = "document.querySelectorAll('.diverging-item').length > 3";
  private static final String SAMPLES = "document.querySelector('[data-sample=high]')";

  private static final int PREDICTIONS = Integer.getInteger("alta.predictions", 200);

  private static Browser browser;
  private static RunningAlta alta;

  @TempDir private Path folder;

  @BeforeAll
  static void open(Browser openBrowser, RunningAlta runningAlta) {
    browser = openBrowser;
    alta = runningAlta;
  }

  @BeforeEach
  void visit() {
    browser.size(1600, 1000);
    browser.visit(alta.url() + "/", Locale.US);
    browser.await(EXPLAINED);
  }

  @Test
  void isAtAnExplainedPredictionOnceItIsOpen() {
    assertThat(browser.text("#risk-words")).isIn("Low risk", "Medium risk", "High risk");
    assertThat(browser.text("#risk-rank"))
        .matches("Higher than \\d+ of 100 patients the model was checked on\\.");
    assertThat(browser.text("#outcome-words")).isIn("Not readmitted", "Readmitted within 30 days");
    assertThat(browser.js("return document.querySelectorAll('.share').length")).isEqualTo(3L);
    assertThat(browser.text("#why-words")).contains("Raised most by", "Lowered most by");
    assertThat(browser.text("#model-text")).matches("Ready · model version \\d+");
    assertThat(browser.errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"low, Low risk", "medium, Medium risk", "high, High risk"})
  void hasASampleOfEachRisk(String level, String words) {
    browser.click("[data-sample=" + level + "]");

    browser.await("document.querySelector('#risk.level-%s')".formatted(level));
    assertThat(browser.text("#risk-words")).isEqualTo(words);
    assertThat(browser.text("#nav-predict")).isEqualTo("Predict");
    assertThat(browser.text("[data-sample=" + level + "] .figure"))
        .isEqualTo(browser.text("#risk-figure"));
  }

  @Test
  void tellsWhatWouldBeIfASliderWereElsewhereAndGoesBack() {
    String before = browser.text("#risk-figure");

    slide("num_medications", 40);
    browser.await("document.querySelector('#what-if')");

    assertThat(browser.text("#what-if")).contains("What if: " + before + " before your changes");
    assertThat(browser.text("#risk-figure")).isNotEqualTo(before);
    assertThat(browser.js("return document.querySelectorAll('.field.changed').length"))
        .isEqualTo(1L);
    browser.click("#back");
    browser.await("!document.querySelector('#what-if')");
    assertThat(browser.text("#risk-figure")).isEqualTo(before);
    assertThat(browser.text(".parts")).contains("History (1)");

    slide("num_medications", 40);
    browser.click("#keep");
    browser.await("document.querySelector('.parts').textContent.includes('History (2)')");
  }

  @Test
  void asksForTheNewestValueOnlyAndNeverShowsAnOlderAnswerAfterANewerOne() {
    Object seen =
        browser.jsAwaiting(
            """
            const send = window.fetch;
            const seen = { asked: [], shown: [], most: 0 };
            let running = 0;
            window.fetch = async (...request) => {
              if (!String(request[0]).includes('explain')) { return send(...request); }
              seen.asked.push(JSON.parse(request[1].body).num_medications);
              running += 1;
              seen.most = Math.max(seen.most, running);
              const answer = await send(...request);
              // The first answer is slow: whatever comes meanwhile has to wait for it.
              await new Promise((resolve) => setTimeout(resolve, seen.asked.length === 1 ? 150 : 0));
              running -= 1;
              return answer;
            };
            const slider = document.querySelector('[data-column=num_medications] [type=range]');
            const quiet = () => new Promise((resolve) => setTimeout(resolve, 20));
            for (let value = 1; value <= 12; value += 1) {
              slider.value = value;
              slider.dispatchEvent(new Event('input', { bubbles: true }));
            }
            while (running > 0 || seen.asked.at(-1) !== 12) { await quiet(); }
            window.fetch = send;
            return seen;
            """);

    assertThat(seen)
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("most", 1L)
        .containsEntry("asked", List.of(1L, 12L));
  }

  @Test
  void checksAFieldAsItIsTypedAndSaysWhatToDo() {
    type("number_inpatient", "99");

    assertThat(browser.text("[data-column=number_inpatient] .error"))
        .isEqualTo("Give a value from 0 to 50.");
    assertThat(browser.text("#answer")).contains("Waiting for a value");
    type("number_inpatient", "1.5");
    assertThat(browser.text("[data-column=number_inpatient] .error"))
        .isEqualTo("Give a whole number.");
    type("number_inpatient", "2");
    browser.await(EXPLAINED);
    assertThat(browser.text("[data-column=number_inpatient] .error")).isEmpty();
  }

  @Test
  void keepsAHistoryThatCanBeOpenedAndTakenAlong() {
    browser.await(SAMPLES);
    browser.click("[data-sample=high]");
    browser.await("document.querySelector('.parts').textContent.includes('History (2)')");
    String risk = browser.text("#risk-figure");
    browser.go("predict/history");
    browser.await("document.querySelectorAll('#history tbody tr').length === 2");

    List<String> lines = saved("#export").lines().toList();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith("predicted_at,race,gender,age")
        .contains(",prediction,probability NO,probability >30,probability <30,risk");
    assertThat(lines.get(1)).contains(",HIGH,");
    browser.reload();
    browser.await("document.querySelectorAll('#history tbody tr').length === 2");
    browser.click("#history tbody tr button");
    browser.await(EXPLAINED);
    assertThat(browser.text("#risk-figure")).isEqualTo(risk);

    browser.go("predict/history");
    browser.click("#clear");
    browser.click("#clear");
    browser.await("document.querySelector('.empty')");
    assertThat(browser.text(".empty")).contains("Nothing predicted yet", "Predict for a patient");
  }

  @Test
  void scoresAndRanksAFileAndListsTheRowsThatWereNotAccepted() throws Exception {
    browser.go("predict/list");
    browser.find("#file").sendKeys(file().toString());
    browser.await("document.querySelectorAll('#ranked tbody tr').length === 3");

    assertThat(browser.text("#ranked-title")).isEqualTo("3 scored, 3 rejected");
    assertThat(browser.text("#rejected"))
        .contains("Age: [70-79). Choose one of the list.", "2 cells; the first line has")
        .contains("Time in hospital: 99. Give a value from 1 to 14.")
        .contains("Time in hospital: nothing. This is needed. Give a value.");
    assertThat(browser.text("#list-body")).contains("passed on as it is: note");
    List<String> ranked = saved("#save-scored").lines().toList();
    assertThat(ranked.get(0)).startsWith("rank,line,encounter_id,note,gender,");
    assertThat(ranked.get(1)).startsWith("1,3,102,\"a \"\"b\"\",");
    assertThat(ranked).anyMatch(line -> line.contains(",'=1+1,")).hasSize(5);
    assertThat(probabilities(ranked)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(saved("#save-rejected")).startsWith("line,reasons,encounter_id,note,gender");

    browser.click("#ranked tbody tr button");
    browser.await(EXPLAINED);
    assertThat(browser.js("return document.querySelector('[name=number_inpatient]').value"))
        .isEqualTo("9");
  }

  @Test
  void takesAFileThatIsDroppedAndSaysWhatIsWrongWithOneThatCannotBeRead() {
    browser.go("predict/list");
    drop("gender;age\r\nFemale;[70-80)\r\n");
    browser.await("document.querySelector('.problem')");
    assertThat(browser.text(".problem")).contains("Columns that are needed are missing", "Correct");

    drop("gender,\"age\r\nFemale");
    browser.await("document.querySelector('.problem')?.textContent.includes('never closed')");

    String example = saved("#example");
    drop(example.replace(',', ';'));
    browser.await("document.querySelectorAll('#ranked tbody tr').length === 2");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void canBeUsedWithTheKeyboardAlone() {
    browser.await(SAMPLES);
    press(Keys.TAB);
    assertThat(browser.focused().getText()).isEqualTo("Skip to the content");
    press(Keys.ENTER);
    tabTo("[data-sample=high]");
    press(Keys.SPACE);
    browser.await("document.querySelector('#risk.level-high')");
    tabTo("[name=time_in_hospital]");
    press(Keys.ARROW_UP);
    browser.await("document.querySelector('#what-if')");
    press(Keys.ENTER);
    browser.await("document.querySelector('.parts').textContent.includes('History (3)')");
    tabTo("#predict");
    tabTo("#explained");
    press(Keys.ARROW_DOWN);
    browser.await("document.querySelector('#explained').selectedIndex === 1");
    browser.await("document.activeElement?.id === 'explained'");
  }

  @Test
  void holdsNoMoreMemoryAfterManyPredictions(TestReporter reporter) {
    predictInALoop(150);
    long before = browser.heap();

    Object median = predictInALoop(PREDICTIONS);

    long after = browser.heap();
    reporter.publishEntry(
        PREDICTIONS + " predictions",
        "median %s ms from event to page; heap %,d kB before, %,d kB after"
            .formatted(median, before / 1024, after / 1024));
    assertThat(after).isLessThan(before + before / 5);
  }

  /** Each one waits for the page to have shown it; every tenth is kept in the history as well. */
  private static Object predictInALoop(int times) {
    List<Double> medians = new ArrayList<>();
    for (int done = 0; done < times; done += 50) {
      medians.add(
          ((Number)
                  Objects.requireNonNull(
                      browser.jsAwaiting(
                          """
                          const slider = document.querySelector('[data-column=num_medications] [type=range]');
                          const answer = document.getElementById('answer');
                          const shown = () => new Promise((resolve) => {
                            const watch = new MutationObserver(() => { watch.disconnect(); resolve(); });
                            watch.observe(answer, { childList: true });
                          });
                          const took = [];
                          for (let i = 0; i < 50; i += 1) {
                            const from = performance.now();
                            const change = shown();
                            if (i % 10 === 9) {
                              document.getElementById('predict').click();
                            } else {
                              slider.value = 1 + (i * 7) % 40;
                              slider.dispatchEvent(new Event('input', { bubbles: true }));
                            }
                            await change;
                            took.push(performance.now() - from);
                          }
                          took.sort((a, b) => a - b);
                          return took[25];
                          """)))
              .doubleValue());
    }
    return medians.stream().sorted().toList().get(medians.size() / 2);
  }

  private static void slide(String column, int value) {
    browser.js(
        "const slider = document.querySelector(`[data-column=${arguments[0]}] [type=range]`);"
            + "slider.value = arguments[1];"
            + "slider.dispatchEvent(new Event('input', { bubbles: true }))",
        column,
        value);
  }

  private static void type(String column, String text) {
    WebElement input = browser.find("[name=" + column + "]");
    input.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
  }

  private static void press(Keys key) {
    browser.focused().sendKeys(key);
  }

  private static void tabTo(String css) {
    int left = 200;
    while (!Boolean.TRUE.equals(
        browser.js("return document.activeElement.matches(arguments[0])", css))) {
      assertThat(left--).as("presses of Tab left on the way to " + css).isPositive();
      press(Keys.TAB);
    }
  }

  private static void drop(String text) {
    browser.find("#drop");
    browser.js(
        "const data = new DataTransfer();"
            + "data.items.add(new File([arguments[0]], 'dropped.csv'));"
            + "document.querySelector('#drop').dispatchEvent("
            + "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))",
        text);
  }

  /** Presses a button that saves a file, and reads what it saves. */
  private static String saved(String button) {
    browser.find(button);
    return String.valueOf(
        browser.jsAwaiting(
            """
            const make = URL.createObjectURL;
            let text;
            URL.createObjectURL = (blob) => { text = blob.text(); return make.call(URL, blob); };
            document.querySelector(arguments[0]).click();
            URL.createObjectURL = make;
            return await text;
            """,
            button));
  }

  private Path file() throws Exception {
    List<String> columns =
        List.of(
            "encounter_id,note,gender,age,admission_type_id,discharge_disposition_id",
            "admission_source_id,time_in_hospital,num_lab_procedures,num_procedures",
            "num_medications,number_outpatient,number_emergency,number_inpatient",
            "number_diagnoses,max_glu_serum,A1Cresult,change,diabetesMed");
    String rest = ",1,1,7,%s,43,1,16,0,0,%d,7,None,None,No,Yes";
    List<String> rows =
        List.of(
            String.join(",", columns),
            "101,=1+1,Female,[70-80)" + rest.formatted("4", 0),
            "102,\"a \"\"b\"\",\nsecond line\",Female,[70-80)" + rest.formatted("9", 9),
            "103,,Female,[70-79)" + rest.formatted("99", 0),
            "104,short",
            "105,,Male,[50-60)" + rest.formatted("", 0),
            "106,,Male,[50-60)" + rest.formatted("3.0", 1));
    Path file = folder.resolve("list of patients.csv");
    // With the mark that spreadsheets put in front.
    return Files.writeString(file, "\uFEFF" + String.join("\r\n", rows) + "\r\n");
  }

  private static List<Double> probabilities(List<String> lines) {
    int column = List.of(lines.get(0).split(",", -1)).indexOf("probability <30");
    int last = lines.get(0).split(",", -1).length - column;
    return lines.stream()
        .skip(1)
        .filter(line -> line.split(",", -1).length > last)
        .map(line -> List.of(line.split(",", -1)))
        .map(cells -> Double.valueOf(cells.get(cells.size() - last)))
        .toList();
  }
}
