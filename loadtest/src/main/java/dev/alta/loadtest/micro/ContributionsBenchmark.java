package dev.alta.loadtest.micro;

import dev.alta.model.explain.Contributions;
import dev.alta.model.explain.TreeShap;
import dev.alta.proto.v1.Forest;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Exact contributions of all features to all outputs for one row, and for 64 rows in XGBoost's own
 * matrix, on one thread; the same trees and rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ContributionsBenchmark {
  private static final double TOLERANCE = 2e-4;
  private static final int BLOCK = 64;
  private static final int ROWS = 1_024;

  /** See {@link BoostedModel}. */
  @Param({"binary", "classes", "dense"})
  private String model = "";

  /** Who computes: {@code xgboost4j64} has 64 rows at a time; divide by 64. */
  @Param({"alta", "xgboost4j", "xgboost4j64"})
  private String lane = "";

  private Explaining explaining =
      row -> {
        throw new IllegalStateException("not set up");
      };
  private int turns;
  private int next;

  /** Computes the contributions of a row, or of a block of them. */
  @FunctionalInterface
  private interface Explaining {
    Object explain(int turn);
  }

  /** Gets the model, and compares the contributions of some rows. */
  @Setup
  public void prepare() {
    BoostedModel trees = BoostedModel.of(model);
    Explaining ours = ours(trees);
    Explaining theirs = xgboost(trees, 1);
    for (int row = 0; row < BLOCK; row++) {
      compare(row, (double[][]) ours.explain(row), (float[][]) theirs.explain(row));
    }
    explaining =
        switch (lane) {
          case "alta" -> ours;
          case "xgboost4j" -> theirs;
          default -> xgboost(trees, BLOCK);
        };
    turns = lane.equals("xgboost4j64") ? ROWS / BLOCK : ROWS;
  }

  private static Explaining ours(BoostedModel trees) {
    Forest forest = JsonForest.of(trees.json());
    int[] each = IntStream.range(0, trees.features()).toArray();
    TreeShap[] outputs =
        IntStream.range(0, forest.getOutputs())
            .mapToObj(output -> TreeShap.of(forest, output, each))
            .toArray(TreeShap[]::new);
    Contributions.Scratch[] scratch =
        IntStream.range(0, outputs.length)
            .mapToObj(output -> outputs[output].scratch())
            .toArray(Contributions.Scratch[]::new);
    double[][] contributions = new double[outputs.length][trees.features()];
    return row -> {
      for (int output = 0; output < outputs.length; output++) {
        outputs[output].contributions(trees.rows()[row], scratch[output], contributions[output]);
      }
      return contributions;
    };
  }

  private static Explaining xgboost(BoostedModel trees, int rows) {
    Booster booster = XgboostLane.booster(trees);
    float[][] blocks = trees.blocks(rows);
    try {
      DMatrix[] matrices = new DMatrix[ROWS / rows];
      for (int i = 0; i < matrices.length; i++) {
        matrices[i] = new DMatrix(blocks[i], rows, trees.features(), Float.NaN);
      }
      return turn -> {
        try {
          return booster.predictContrib(matrices[turn], 0);
        } catch (XGBoostError failed) {
          throw new IllegalStateException(failed);
        }
      };
    } catch (XGBoostError failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void compare(int row, double[][] found, float[][] expected) {
    int features = found[0].length;
    for (int output = 0; output < found.length; output++) {
      for (int feature = 0; feature < features; feature++) {
        double wanted = expected[0][output * (features + 1) + feature];
        if (!(Math.abs(found[output][feature] - wanted) <= TOLERANCE)) {
          throw new IllegalStateException(
              "row "
                  + row
                  + ", feature "
                  + feature
                  + ": "
                  + found[output][feature]
                  + ", not "
                  + wanted);
        }
      }
    }
  }

  @Benchmark
  public Object contributions() {
    next = (next + 1) % turns;
    return explaining.explain(next);
  }
}
