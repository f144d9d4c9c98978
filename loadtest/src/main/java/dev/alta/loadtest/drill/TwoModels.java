package dev.alta.loadtest.drill;

import dev.alta.loadtest.drill.Callers.Asked;
import dev.alta.loadtest.scorer.BenchModel;
import dev.alta.loadtest.scorer.BenchRows;
import dev.alta.model.registry.StoreSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two versions of a model that answer differently, the first one champion, and what an undisturbed
 * Alta answers with each.
 */
final class TwoModels {
  private static final int ROWS = 64;

  private final BenchRows rows = BenchRows.generate(ROWS);
  private final Map<String, List<String>> answers = new HashMap<>();

  /** Publishes both; the first one is champion. */
  TwoModels(StoreSettings bucket) {
    BenchModel.publish(bucket, rows, "60", "40");
  }

  BenchRows rows() {
    return rows;
  }

  /** Takes what is answered now, undisturbed, for what is right. */
  void learn(Asker asker) throws InterruptedException {
    List<String> right = new ArrayList<>();
    String version = "";
    for (int row = 0; row < ROWS; row++) {
      if (!(asker.ask("calm-" + answers.size() + "-" + row, row)
          instanceof Reply.Answered answered)) {
        throw new IllegalStateException("an undisturbed Alta does not answer row " + row);
      }
      right.add(answered.text());
      version = answered.version();
    }
    answers.put(version, right);
  }

  /** Whether it is what the version that it names answers. */
  boolean isRight(int row, Reply.Answered answered) {
    List<String> right = answers.get(answered.version());
    return right != null && right.get(row).equals(answered.text());
  }

  /** Says of replies whether they are right, and counts them. */
  void judge(List<Asked> asked, Drilled drilled) {
    for (Asked one : asked) {
      if (one.reply() instanceof Reply.Answered answered) {
        drilled.count("answered", 1);
        drilled.invariant("wrong answers", isRight(one.row(), answered) ? 0 : 1);
      } else if (one.reply() instanceof Reply.Wrong wrong) {
        drilled.say("%s: %s", one.id(), wrong.what());
        drilled.invariant("wrong answers", 1);
      }
    }
    drilled.count("asked", asked.size());
  }
}
