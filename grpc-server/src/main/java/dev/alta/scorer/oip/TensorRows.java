package dev.alta.scorer.oip;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Violation;
import dev.alta.scorer.call.Replies;
import dev.alta.scorer.predict.Admission;
import dev.alta.scorer.predict.Admitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The encounters of a request, column by column. */
record TensorRows(Contract contract, int count, List<ColumnTensor> tensors) {
  // Whoever sends this many reads no more of them.
  private static final int MOST_VIOLATIONS = 1_000;
  private static final int BETWEEN_LOOKS = 256;

  /**
   * Brings each encounter to the door.
   *
   * @param violations what is wrong is added here, by the tensor's name and the element's index
   * @return one for each encounter, if nothing was added
   */
  List<Admitted.Case> admit(Admission admission, List<Violation> violations) {
    Set<String> read =
        tensors.stream().map(tensor -> tensor.column().name()).collect(Collectors.toSet());
    List<Admitted.Case> cases = new ArrayList<>(count);
    for (int i = 0; i < count && violations.size() < MOST_VIOLATIONS; i++) {
      if (i % BETWEEN_LOOKS == 0) {
        Replies.requireWanted();
      }
      Admitted admitted = admission.admit(intake(i).finish());
      if (admitted instanceof Admitted.Case one) {
        cases.add(one);
      } else {
        String index = "[" + i + "]";
        // What is missing for want of a tensor was said once for all rows.
        ((Admitted.Refused) admitted)
            .violations().stream()
                .filter(violation -> read.contains(violation.field()))
                .map(v -> new Violation(v.field() + index, v.value(), v.expected()))
                .forEach(violations::add);
      }
    }
    return cases;
  }

  private Intake intake(int i) {
    Intake intake = new Intake(contract, Door.SCORE);
    for (ColumnTensor tensor : tensors) {
      tensor.put(i, intake);
    }
    return intake;
  }
}
