package dev.alta.training.promote;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alta.proto.v1.Evaluation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeakCheckTest {
  private static final List<String> CLASSES = List.of("NO", ">30", "<30");

  @Test
  void believesHonestFigures() {
    assertThatCode(() -> LeakCheck.check(evaluation(0.70, 0.66, 0.75, 0.70), CLASSES, 0.75))
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheFigureThatIsTooGood() {
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> LeakCheck.check(evaluation(0.70, 0.66, 0.87, 0.70), CLASSES, 0.75))
        .withMessageStartingWith(
            "leakage: test AUROC of <30 0.8700 (expected: at most 0.75 on this data;");
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> LeakCheck.check(evaluation(0.70, 0.66, 0.70, 0.76), CLASSES, 0.75))
        .withMessageStartingWith("leakage: test AUROC of any readmission 0.7600");
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
