package dev.alta.loadtest.micro;

import java.util.concurrent.TimeUnit;
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
 * Probabilities of {@code rows} rows in one call, by the kernel and by what else there is for the
 * JVM: the same trees and rows, one thread; different rows in turn. Their answers are compared
 * before anything is timed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 600, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 600, timeUnit = TimeUnit.MILLISECONDS)
// ONNX Runtime walks trees by recursion, deeper than the usual stack of a thread.
@Fork(value = 1, jvmArgsAppend = "-Xss8m")
public class KernelBenchmark {
  private static final float TOLERANCE = 1e-5f;

  /** See {@link BoostedModel}; {@code -p model=dense} is there, too. */
  @Param({"binary", "classes"})
  private String model = "";

  @Param({"1", "16", "256", "4096"})
  private int rows;

  @Param({"alta", "xgboost4j", "onnxruntime", "h2o"})
  private String lane = "";

  private Lane scorer = new NoLane();
  private int blocks;
  private int next;

  /** Stands in until there is one. */
  private static final class NoLane implements Lane {
    @Override
    public Object score(int block) {
      throw new IllegalStateException("not set up");
    }

    @Override
    public float[] read(Object scored) {
      throw new IllegalStateException("not set up");
    }
  }

  /**
   * Gets the model, and has all rows answered by this lane and by XGBoost, whose trees they are.
   */
  @Setup
  public void prepare() {
    BoostedModel trees = BoostedModel.of(model);
    scorer = lane(trees);
    blocks = trees.rows().length / rows;
    Lane reference = new XgboostLane(trees, rows);
    for (int block = 0; block < blocks; block++) {
      compare(block, scorer.read(scorer.score(block)), reference.read(reference.score(block)));
    }
  }

  private Lane lane(BoostedModel trees) {
    return switch (lane) {
      case "alta" -> new KernelLane(trees, rows);
      case "xgboost4j" -> new XgboostLane(trees, rows);
      case "onnxruntime" -> new OnnxLane(trees, rows);
      case "h2o" -> new H2oLane(trees, rows);
      default ->
          throw new IllegalArgumentException(
              "lane: " + lane + " (expected: alta, xgboost4j, onnxruntime or h2o)");
    };
  }

  private void compare(int block, float[] found, float[] expected) {
    if (found.length != expected.length) {
      throw new IllegalStateException(
          lane + ": " + found.length + " answers, not " + expected.length);
    }
    for (int i = 0; i < found.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE)) {
        throw new IllegalStateException(
            lane + ": block " + block + ", answer " + i + ": " + found[i] + ", not " + expected[i]);
      }
    }
  }

  @Benchmark
  public Object probabilities() {
    next = (next + 1) % blocks;
    return scorer.score(next);
  }
}
