package dev.alta.fuzz;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.model.bundle.Predictor;
import dev.alta.testing.Visit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Texts of columns, as files and tensors bring them: number of the column, length, text. */
final class ContractTarget {
  private static final Contract VISITS = Contract.of(Visit.getDescriptor());
  private static final Predictor PREDICTOR = Predictor.of(SmallModel.CONTRACT, SmallModel.model());
  private static final Cleaner CLEANER = new Cleaner(SmallModel.CONTRACT);

  private ContractTarget() {}

  static List<byte[]> seeds() {
    Map<String, String> odd =
        Map.of("diag_1", "250.83", "diag_2", "V57", "payer_code", "?", "encounter_id", "12");
    return List.of(
        input(0, SmallModel.CONTRACT, SmallModel.texts()),
        input(4, SmallModel.CONTRACT, odd),
        input(
            2,
            VISITS,
            Map.of("ward", "surgery", "creatinine", "1.50", "falls", "3.0", "cause", "E849.1")));
  }

  private static byte[] input(int options, Contract contract, Map<String, String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(options);
    texts.forEach(
        (name, text) -> {
          bytes.write(contract.column(name).index());
          bytes.write(text.length());
          bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        });
    return bytes.toByteArray();
  }

  static boolean run(byte[] input) {
    Choices choices = new Choices(input);
    int options = choices.next();
    Door door = (options & 1) == 0 ? Door.SCORE : Door.STORE;
    Contract contract = (options & 2) == 0 ? SmallModel.CONTRACT : VISITS;
    Intake intake = new Intake(contract, door);
    if ((options & 4) != 0 && contract == SmallModel.CONTRACT) {
      SmallModel.texts().forEach((name, text) -> intake.text(contract.column(name), text));
    }
    while (choices.hasMore()) {
      Column column = contract.columns().get(choices.below(contract.size()));
      String text = new String(choices.take(choices.next()), StandardCharsets.UTF_8);
      alone(contract, door, column, text);
      intake.text(column, text);
    }
    return outcome(contract, door, intake.finish());
  }

  /** What becomes of one text, and of what it became. */
  private static void alone(Contract contract, Door door, Column column, String text) {
    Optional<Intake.Stored> stored = Intake.stored(contract, door, column, text);
    stored
        .flatMap(value -> Optional.ofNullable(value.text()))
        .ifPresent(
            value ->
                Expect.same(
                    Intake.stored(contract, door, column, value),
                    stored,
                    "what is stored of what is stored"));
  }

  private static boolean outcome(Contract contract, Door door, Checked checked) {
    if (checked instanceof Checked.Rejected rejected) {
      Expect.violations(rejected.violations());
      return false;
    }
    Row row = ((Checked.Accepted) checked).row();
    Intake again = new Intake(contract, door);
    for (Column column : contract.columns()) {
      again.text(column, row.asText(column));
    }
    Expect.same(again.finish(), checked, "the row from its own texts");
    if (contract == SmallModel.CONTRACT && CLEANER.clean(row) instanceof Cleaned.Kept kept) {
      double sum = 0;
      for (double probability : PREDICTOR.probabilities(kept.row())) {
        sum += probability;
      }
      Expect.that(Math.abs(sum - 1) < 1e-5, "probabilities that add up to " + sum);
    }
    return true;
  }
}
