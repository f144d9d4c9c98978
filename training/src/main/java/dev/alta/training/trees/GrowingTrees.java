package dev.alta.training.trees;

import dev.alta.proto.v1.Forest;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trees that are grown some rounds at a time and looked at in between. For one thread. */
public final class GrowingTrees implements AutoCloseable {
  private final TreeRows rows;
  private final TreeSettings settings;
  private final Booster booster;
  private int rounds;
  private int taken;

  /**
   * Starts with no trees.
   *
   * @param settings how they are grown; its number of rounds does not count here
   */
  public GrowingTrees(TreeRows rows, TreeSettings settings, long seed) {
    this.rows = rows;
    this.settings = settings;
    try {
      this.booster =
          XGBoost.train(
              rows.matrix(),
              TreeTrainer.parameters(settings, rows.classes(), seed),
              0,
              Map.of(),
              null,
              null);
    } catch (XGBoostError failed) {
      throw TreeTrainer.failure(failed);
    }
  }

  /** Grows up to this number of rounds. */
  public void growTo(int newRounds) {
    try {
      while (rounds < newRounds) {
        booster.update(rows.matrix(), rounds);
        rounds++;
      }
    } catch (XGBoostError failed) {
      throw TreeTrainer.failure(failed);
    }
  }

  /** Rounds that were grown. */
  public int rounds() {
    return rounds;
  }

  /**
   * The trees that came since this was last asked, in the order of their rounds. The first ones
   * start from the model's base, later ones from 0.
   */
  public Forest takeNew() {
    try {
      XgboostDocument document =
          XgboostDocument.parse(
              booster.toByteArray(XgboostDocument.FORMAT), taken * treesOfRound());
      taken = rounds;
      return ForestExport.of(document);
    } catch (XGBoostError failed) {
      throw TreeTrainer.failure(failed);
    }
  }

  /** Trees that a round adds, over all classes. */
  public int treesOfRound() {
    return settings.parallelTrees() * rows.classes();
  }

  @Override
  public void close() {
    booster.dispose();
  }
}
