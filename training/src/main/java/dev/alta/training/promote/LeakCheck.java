package dev.alta.training.promote;

import dev.alta.proto.v1.Evaluation;
import java.util.List;

/** Refuses a model that is better than anything honest on its data can be. */
public final class LeakCheck {
  private LeakCheck() {}

  /**
   * Looks at every AUROC.
   *
   * @param classes names for the message
   * @param limit highest AUROC to be believed
   * @throws LeakageException if one is higher; names it
   */
  public static void check(Evaluation test, List<String> classes, double limit) {
    for (int i = 0; i < test.getAurocCount(); i++) {
      check("AUROC of " + classes.get(i), test.getAuroc(i), limit);
    }
    check("AUROC of any readmission", test.getAurocReadmitted(), limit);
  }

  private static void check(String figure, double found, double limit) {
    if (found > limit) {
      throw new LeakageException(figure, found, limit);
    }
  }
}
