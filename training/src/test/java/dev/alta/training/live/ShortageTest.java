package dev.alta.training.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.proto.v1.Evaluation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShortageTest {
  private static final List<String> CLASSES = List.of("NO", ">30", "<30");

  // Actual classes 500, 390 and 110 of 1,000.
  private static final Evaluation TEST =
      Evaluation.newBuilder()
          .addAllConfusion(List.of(400L, 50L, 50L, 300L, 60L, 30L, 80L, 20L, 10L))
          .build();

  @Test
  void isNoneWhereThereAreThirtyOutcomesOfEachClass() {
    assertThat(Shortage.of(CLASSES, new long[] {300, 90, 30}, TEST)).isEmpty();
  }

  @Test
  void saysWhatIsThereAndHowManyItTakes() {
    assertThat(Shortage.of(CLASSES, new long[] {80, 50, 12}, TEST))
        .contains(
            "142 outcomes of encounters it has predicted for, 12 of them <30 (expected: at least 30"
                + " of each class; as frequent as in its test rows, some 273 in all)");
    assertThat(Shortage.of(CLASSES, new long[3], Evaluation.getDefaultInstance()))
        .contains(
            "0 outcomes of encounters it has predicted for, 0 of them NO (expected: at least 30 of"
                + " each class)");
  }
}
