package dev.alta.training.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.progress.Progress;
import dev.alta.training.CleanRow;
import dev.alta.training.GeneratedRows;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.trees.TreeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LeakageTrialsTest {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final List<CleanRow> ROWS = withReturns(GeneratedRows.of(CONTRACT, 5_000, 8));
  private static final List<LeakageTrial> TRIALS =
      new LeakageTrials(
              CONTRACT, GeneratedRows.source(ROWS), TreeSettings.standard().withRounds(30), 50, 4)
          .run(Progress.UNWATCHED);

  @Test
  void putsTheHonestWayFirst() {
    assertThat(TRIALS)
        .extracting(LeakageTrial::name)
        .containsExactly(
            "split by patient", "split by row", "oversampled, then split", "later visits counted");
    assertThat(TRIALS).extracting(LeakageTrial::honest).containsExactly(true, false, false, false);
    assertThat(TRIALS.get(0).test().getAurocReadmitted()).isBetween(0.5, 0.9);
  }

  @Test
  void showsWhatMadeUpRowsClaim() {
    assertThat(TRIALS.get(2).test().getAuroc(2))
        .isGreaterThan(0.9)
        .isGreaterThan(TRIALS.get(0).test().getAuroc(2) + 0.1);
  }

  @Test
  void showsWhatLaterVisitsClaim() {
    assertThat(TRIALS.get(3).test().getAurocReadmitted())
        .isGreaterThan(TRIALS.get(0).test().getAurocReadmitted() + 0.1);
  }

  @Test
  void dealsTheRowsOutOneByOne() {
    LeakageTrial byRow = TRIALS.get(1);
    assertThat(byRow.trainingRows() / (double) ROWS.size()).isBetween(0.58, 0.62);
    assertThat(byRow.test().getRows() / (double) ROWS.size()).isBetween(0.18, 0.22);
  }

  @Test
  void fillsUpTheMostUrgentClassWithRowsInBetween() {
    Vectors rows = new Vectors(2, 60);
    for (int i = 0; i < 60; i++) {
      rows.add(new float[] {i, i < 20 ? Float.NaN : 1}, i < 10 ? 2 : i < 50 ? 0 : 1);
    }
    Vectors filled = Oversampling.fillUp(rows, 3, 1);
    assertThat(filled.counts(3)).containsExactly(40, 10, 40);
    assertThat(IntStream.range(60, filled.rows()).mapToObj(row -> filled.value(row, 0)))
        .allSatisfy(value -> assertThat(value).isBetween(0f, 9f))
        .anySatisfy(value -> assertThat(value % 1).isNotZero());
    assertThat(filled.value(75, 1)).isNaN();
    assertThat(filled.value(3, 0)).isEqualTo(3f);
  }

  @Test
  void showsThemOnAPage() {
    String html = LeakagePage.html(CONTRACT, TRIALS);
    assertThat(html)
        .contains("split by patient", "oversampled, then split", "Readmitted within 30 days")
        .doesNotContain("http:", "https:", "<script", "NaN");
  }

  /** Those who came back have their next encounter in the file as well, from which none follows. */
  private static List<CleanRow> withReturns(List<CleanRow> rows) {
    List<CleanRow> all = new ArrayList<>(rows);
    long key = 1_000_000_000;
    for (CleanRow row : rows) {
      if (row.row().position(CONTRACT.target()) > 0) {
        Row next = new Row(row.row());
        next.put(CONTRACT.key(), key++);
        next.put(CONTRACT.target(), "NO");
        all.add(new CleanRow(next, row.side()));
      }
    }
    return all;
  }
}
