package dev.alta.training.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.proto.v1.Evaluation;
import dev.alta.training.CleanRow;
import dev.alta.training.GeneratedRows;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Auroc;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class LeakCheckTest {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final Column KEY = CONTRACT.key();
  private static final List<String> CLASSES = CONTRACT.classes();
  private static final List<CleanRow> ROWS = GeneratedRows.of(CONTRACT, 3_000, 6);

  @Test
  void believesHonestFigures() {
    assertThatCode(() -> LeakCheck.ofFigures(evaluation(0.70, 0.66, 0.75, 0.70), CLASSES, 0.75))
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheFigureThatIsTooGood() {
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> LeakCheck.ofFigures(evaluation(0.70, 0.66, 0.87, 0.70), CLASSES, 0.75))
        .withMessageStartingWith(
            "leakage: test AUROC of <30 0.8700 (expected: at most 0.75 on this data;");
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> LeakCheck.ofFigures(evaluation(0.70, 0.66, 0.70, 0.76), CLASSES, 0.75))
        .withMessageStartingWith("leakage: test AUROC of any readmission 0.7600");
  }

  @Test
  void findsNothingInHonestData() {
    assertThatCode(() -> check(ROWS)).doesNotThrowAnyException();
  }

  @Test
  void findsAPatientOnTwoSides() {
    List<CleanRow> rows = new ArrayList<>(ROWS);
    CleanRow ofTrain = first(rows, Side.TRAIN);
    for (int i = 0; i < 2; i++) {
      CleanRow ofTest = rows.stream().filter(row -> row.side() == Side.TEST).toList().get(i);
      Row changed = new Row(ofTest.row());
      changed.put(CONTRACT.patient(), ofTrain.row().whole(CONTRACT.patient()));
      rows.set(rows.indexOf(ofTest), new CleanRow(changed, Side.TEST));
    }
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> check(rows))
        .withMessage(
            "leakage: 1 patients are on both sides train and test of the split (expected: none)");
  }

  @Test
  void findsAnEncounterOnTwoSides() {
    List<CleanRow> rows = new ArrayList<>(ROWS);
    rows.add(new CleanRow(first(rows, Side.TRAIN).row(), Side.TEST));
    rows.add(new CleanRow(first(rows, Side.VALIDATION).row(), Side.TRAIN));
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> check(rows))
        .withMessage(
            "leakage: 1 encounters are on both sides train and validation of the split (expected:"
                + " none)");
  }

  @Test
  void findsAFeatureThatKnowsTheOutcome() {
    // Those who came back soon stayed for a fortnight, and nobody else.
    List<CleanRow> rows =
        changed(
            row -> {
              boolean soon = row.position(CONTRACT.target()) == 2;
              row.put(CONTRACT.column("time_in_hospital"), soon ? 14 : row.whole(KEY) % 13 + 1);
            });
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> check(rows))
        .withMessage(
            "leakage: feature time_in_hospital alone has AUROC 1.0000 for <30 on the training rows"
                + " (expected: at most 0.70; it knows the outcome)");
  }

  @Test
  void findsAFeatureThatKnowsTheOutcomeByBeingMissing() {
    // Where nobody came back, the weight is not recorded; where it is, it says nothing.
    List<CleanRow> rows =
        changed(
            row -> {
              if (row.position(CONTRACT.target()) == 0) {
                row.clear(CONTRACT.column("weight"));
              } else {
                row.put(
                    CONTRACT.column("weight"), row.whole(KEY) % 2 == 0 ? "[50-75)" : "[75-100)");
              }
            });
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> check(rows))
        .withMessageStartingWith("leakage: feature weight")
        .withMessageContaining("AUROC 1.0000 for any readmission");
  }

  @Test
  void agreesWithTheAurocOfTheValues() {
    SplittableRandom random = new SplittableRandom(3);
    Vectors vectors = new Vectors(1, 500);
    double[] smallest = new double[500];
    double[] largest = new double[500];
    for (int row = 0; row < 500; row++) {
      float value = random.nextInt(6) == 0 ? Float.NaN : random.nextInt(-4, 5) / 2f;
      smallest[row] = Float.isNaN(value) ? -100 : value;
      largest[row] = Float.isNaN(value) ? 100 : value;
      double signal = (Float.isNaN(value) ? 1 : value) + random.nextDouble(3);
      vectors.add(new float[] {value}, signal < 1 ? 0 : signal < 2 ? 1 : 2);
    }
    double expected = 0;
    for (int outcome = 1; outcome <= 2; outcome++) {
      int least = outcome;
      for (double[] values : List.of(smallest, largest)) {
        double auroc = Auroc.of(500, row -> values[row], row -> vectors.actualClass(row) >= least);
        expected = Math.max(expected, Math.max(auroc, 1 - auroc));
      }
    }
    assertThat(SingleFeature.strongest(vectors, List.of("f"), CLASSES).auroc())
        .isCloseTo(expected, within(1e-12));
  }

  private static void check(List<CleanRow> rows) {
    TrainingData data =
        TrainingData.read(CONTRACT, GeneratedRows.source(rows), 50, Progress.UNWATCHED);
    LeakCheck.ofData(data, CLASSES, 0.70);
  }

  private static CleanRow first(List<CleanRow> rows, Side side) {
    return rows.stream().filter(row -> row.side() == side).findFirst().orElseThrow();
  }

  private static List<CleanRow> changed(Consumer<Row> change) {
    return ROWS.stream()
        .map(
            row -> {
              Row changed = new Row(row.row());
              change.accept(changed);
              return new CleanRow(changed, row.side());
            })
        .toList();
  }

  private static Evaluation evaluation(double no, double late, double early, double any) {
    return Evaluation.newBuilder()
        .addAuroc(no)
        .addAuroc(late)
        .addAuroc(early)
        .setAurocReadmitted(any)
        .build();
  }
}
