package dev.alta.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.testing.Visit;
import dev.alta.training.CleanRow;
import dev.alta.training.GeneratedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TrainingDataTest {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final List<CleanRow> ROWS = GeneratedRows.of(CONTRACT, 3_000, 1);

  @Test
  void encodesEveryRowOnItsSide() {
    TrainingData data = read(ROWS);
    for (Side side : Side.values()) {
      List<Row> expected =
          ROWS.stream().filter(row -> row.side() == side).map(CleanRow::row).toList();
      Vectors vectors = data.vectors(side);
      assertThat(vectors.rows()).isEqualTo(expected.size());
      float[] vector = new float[data.encoder().size()];
      for (int row = 0; row < vectors.rows(); row++) {
        vectors.copy(row, vector);
        assertThat(vector).containsExactly(data.encoder().encode(expected.get(row)));
        assertThat(vectors.actualClass(row))
            .isEqualTo(expected.get(row).position(CONTRACT.target()));
      }
    }
  }

  @Test
  void choosesFeaturesFromTheTrainingRowsOnly() {
    CleanRow first = ROWS.stream().filter(row -> row.side() == Side.TEST).findFirst().orElseThrow();
    Row changed = new Row(first.row());
    changed.put(CONTRACT.column("medical_specialty"), "Hospitalist");
    List<CleanRow> rows = new ArrayList<>(ROWS);
    rows.replaceAll(row -> row.side() == Side.TEST ? new CleanRow(changed, Side.TEST) : row);
    assertThat(read(rows).encoder().names()).isEqualTo(read(ROWS).encoder().names());
  }

  @Test
  void digestsValuesAndSides() {
    String sha256 = read(ROWS).sha256();
    assertThat(read(ROWS).sha256()).isEqualTo(sha256).matches("[0-9a-f]{64}");
    CleanRow last = ROWS.get(ROWS.size() - 1);
    Row changed = new Row(last.row());
    changed.put(CONTRACT.column("num_medications"), 99);
    assertThat(read(withLast(new CleanRow(changed, last.side()))).sha256()).isNotEqualTo(sha256);
    Side other = last.side() == Side.TEST ? Side.TRAIN : Side.TEST;
    assertThat(read(withLast(new CleanRow(last.row(), other))).sha256()).isNotEqualTo(sha256);
  }

  @Test
  void keepsSomeTestRowsSpreadOverTheKeys() {
    List<Row> samples = read(ROWS).samples();
    List<Row> tests =
        ROWS.stream().filter(row -> row.side() == Side.TEST).map(CleanRow::row).toList();
    assertThat(samples).hasSizeBetween(20, 22).isSubsetOf(tests);
    assertThat(tests.indexOf(samples.get(samples.size() - 1))).isGreaterThan(tests.size() * 9 / 10);
  }

  @Test
  void refusesASideWithoutRows() {
    List<CleanRow> rows = ROWS.stream().filter(row -> row.side() != Side.VALIDATION).toList();
    assertThatIllegalStateException()
        .isThrownBy(() -> read(rows))
        .withMessage(
            "clean_data: 0 rows for validation (expected: at least 1 on each side of the split)");
  }

  @Test
  void refusesDataThatChangesWhileItIsRead() {
    AtomicInteger generation = new AtomicInteger();
    RowSource changing =
        each -> {
          ROWS.forEach(row -> each.accept(row.side(), row.row()));
          return generation.incrementAndGet();
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> TrainingData.read(CONTRACT, changing, 100, Progress.UNWATCHED))
        .withMessage("clean_data: generation 2 (expected: generation 1, as read before)");
    List<CleanRow> growing = new ArrayList<>(ROWS);
    RowSource larger =
        each -> {
          growing.forEach(row -> each.accept(row.side(), row.row()));
          growing.addAll(ROWS);
          return 1;
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> TrainingData.read(CONTRACT, larger, 100, Progress.UNWATCHED))
        .withMessageStartingWith("more rows than before");
  }

  @Test
  void readsAContractOfAnotherShape() {
    Contract contract = Contract.of(Visit.getDescriptor());
    List<CleanRow> rows = GeneratedRows.of(contract, 500, 1);
    TrainingData data =
        TrainingData.read(contract, GeneratedRows.source(rows), 10, Progress.UNWATCHED);
    assertThat(data.encoder().names()).contains("ward=medicine", "creatinine", "cause:Diabetes");
  }

  @Test
  void givesTheTestRowsWithoutWhatIsKnownFromEarlierOnesToo() {
    Contract contract = Contract.of(Visit.getDescriptor());
    List<CleanRow> rows = GeneratedRows.of(contract, 500, 1);
    for (CleanRow row : rows) {
      row.row().put(contract.column("earlier_visits"), 3);
      row.row().put(contract.column("last_falls"), 2);
    }
    TrainingData data =
        TrainingData.read(contract, GeneratedRows.source(rows), 10, Progress.UNWATCHED);
    int visits = data.encoder().names().indexOf("earlier_visits");
    int falls = data.encoder().names().indexOf("last_falls");
    Vectors test = data.vectors(Side.TEST);
    Vectors alone = data.testWithoutHistory().orElseThrow();
    assertThat(alone.rows()).isEqualTo(test.rows());
    assertThat(test.value(0, visits)).isEqualTo(3);
    assertThat(alone.value(0, visits)).isZero();
    assertThat(test.value(0, falls)).isEqualTo(2);
    assertThat(alone.value(0, falls)).isNaN();

    TrainingData less =
        TrainingData.read(
            contract,
            GeneratedRows.source(rows),
            column -> column.history() == null,
            10,
            Progress.UNWATCHED);
    assertThat(less.encoder().names()).doesNotContain("earlier_visits", "last_falls");
    assertThat(less.encoder().names()).contains("falls");
    assertThat(less.testWithoutHistory()).isEmpty();
  }

  private static List<CleanRow> withLast(CleanRow row) {
    List<CleanRow> rows = new ArrayList<>(ROWS);
    rows.set(rows.size() - 1, row);
    return rows;
  }

  private static TrainingData read(List<CleanRow> rows) {
    return TrainingData.read(CONTRACT, GeneratedRows.source(rows), 100, Progress.UNWATCHED);
  }
}
