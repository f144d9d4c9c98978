package dev.alta.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alta.proto.v1.SearchFigures;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.proto.v1.SettingFigures;
import dev.alta.proto.v1.Trial;
import dev.alta.proto.v1.TrialState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SettingRanksTest {
  @Test
  void comparesRanksAndNotSizes() {
    assertThat(SettingRanks.correlation(List.of(pair(1, 0.1), pair(10, 0.2), pair(100, 0.9))))
        .isCloseTo(1, within(1e-12));
    assertThat(SettingRanks.correlation(List.of(pair(1, 3), pair(2, 2), pair(9, 1))))
        .isCloseTo(-1, within(1e-12));
    // Ranks 1, 2, 3, 4 against 2, 1, 4, 3: 1 - 6 * 4 / (4 * 15).
    assertThat(SettingRanks.correlation(List.of(pair(1, 2), pair(2, 1), pair(3, 4), pair(4, 3))))
        .isCloseTo(0.6, within(1e-12));
    // Ranks 1.5, 1.5, 3 against 1, 2, 3, as SciPy's spearmanr has it.
    assertThat(SettingRanks.correlation(List.of(pair(5, 1), pair(5, 2), pair(7, 3))))
        .isCloseTo(0.8660254037844387, within(1e-12));
  }

  @Test
  void saysWhichSettingsMattered() {
    SearchRecord.Builder search = SearchRecord.newBuilder().setObjective("mean_auroc");
    for (int i = 1; i <= 10; i++) {
      search.addTrials(
          Trial.newBuilder()
              .setNumber(i)
              .putSettings("eta", Double.toString(1.0 / i))
              .putSettings("max_depth", Integer.toString(3 + i % 2))
              .putSettings("tree_method", "hist")
              .putSettings("max_bin", "64")
              .setRounds(10)
              .setValue(0.6 + i / 100.0)
              .setState(i % 3 == 0 ? TrialState.STOPPED_EARLY : TrialState.COMPLETE));
    }
    SearchFigures figures = SettingRanks.of(search.build());
    assertThat(figures.getSettingsList())
        .extracting(SettingFigures::getSetting)
        .containsExactly("eta", "max_depth");
    assertThat(figures.getSettings(0).getCorrelation()).isCloseTo(-1, within(1e-12));
    assertThat(figures.getSettings(0).getTrials()).isEqualTo(10);
    assertThat(figures.getSearch()).isEqualTo(search.build());
  }

  private static double[] pair(double setting, double value) {
    return new double[] {setting, value};
  }
}
