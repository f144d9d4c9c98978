package dev.alta.loadtest.micro;

import dev.alta.model.explain.Contributions;
import dev.alta.model.explain.TreeShap;
import dev.alta.model.kernel.Kernel;
import dev.alta.model.kernel.TreeKernel;
import dev.alta.proto.v1.Forest;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One row through 600 trees of depth 6 in three classes, and the contributions to one class. The
 * reference walks the same trees node by node.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TreesBenchmark {
  // Different rows in turn, so that branches cannot be learned by heart.
  private static final int ROWS = 1_024;
  private static final int TREES = 600;
  private static final int DEPTH = 6;
  private static final int FEATURES = 131;
  private static final int OUTPUTS = 3;

  private final Forest forest =
      RandomForest.of(OUTPUTS, TREES, DEPTH, FEATURES, new SplittableRandom(1));
  private final NodeWalk walk = new NodeWalk(forest);
  private final TreeKernel kernel = TreeKernel.of(forest, FEATURES);
  private final Kernel.Scratch scratch = kernel.scratch();
  private final TreeShap shap =
      TreeShap.of(forest, OUTPUTS - 1, IntStream.range(0, FEATURES).toArray());
  private final Contributions.Scratch shapScratch = shap.scratch();
  private final float[][] vectors = new float[ROWS][FEATURES];
  private final float[] outputs = new float[OUTPUTS];
  private final double[] contributions = new double[FEATURES];
  private int next;

  /** Makes rows, one value in twenty missing. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(2);
    for (float[] vector : vectors) {
      for (int i = 0; i < FEATURES; i++) {
        vector[i] = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextDouble(2);
      }
    }
  }

  private float[] next() {
    next = (next + 1) % ROWS;
    return vectors[next];
  }

  /** The reference. */
  @Benchmark
  public float[] walk() {
    walk.margins(next(), outputs);
    return outputs;
  }

  @Benchmark
  public float[] kernel() {
    kernel.margins(next(), scratch, outputs);
    return outputs;
  }

  @Benchmark
  public double[] explain() {
    shap.contributions(next(), shapScratch, contributions);
    return contributions;
  }
}
