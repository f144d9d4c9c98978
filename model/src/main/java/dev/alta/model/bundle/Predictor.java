package dev.alta.model.bundle;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.model.kernel.Kernel;
import dev.alta.model.kernel.Softmax;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers with one model.
 *
 * <p>Immutable and safe for use by several threads, each with a {@link Scratch} of its own.
 */
public final class Predictor {
  /** What one thread computes in, to be used again for the next row. */
  public static final class Scratch {
    private final float[] vector;
    private final float[] outputs;
    private final Kernel.Scratch kernel;

    private Scratch(int features, Kernel kernel) {
      this.vector = new float[features];
      this.outputs = new float[kernel.outputs()];
      this.kernel = kernel.scratch();
    }
  }

  /** What one thread computes many rows in, to be used again for the next ones. */
  public static final class BlockScratch {
    /** How many rows go through the kernel at a time; more only cost memory. */
    private static final int ROWS = 64;

    private final float[] vectors;
    private final float[] outputs;
    private final Kernel.BlockScratch kernel;

    private BlockScratch(int features, Kernel kernel) {
      this.vectors = new float[ROWS * features];
      this.outputs = new float[ROWS * kernel.outputs()];
      this.kernel = kernel.blockScratch();
    }
  }

  private final String name;
  private final List<String> classes;
  private final Encoder encoder;
  private final Kernel kernel;
  private final RiskGauge gauge;
  private final SelfCheck selfCheck;

  private Predictor(Contract contract, Model model) {
    this.name = model.getName();
    this.classes = List.copyOf(model.getClassesList());
    this.encoder = Encoder.of(contract, model.getEncoder());
    this.kernel = Kernel.of(model, encoder.size());
    this.gauge = new RiskGauge(model.getRiskScale());
    this.selfCheck = new SelfCheck(contract, model.getSamplesList());
  }

  /**
   * Puts a model together.
   *
   * @throws UnusableModelException if it was made for another contract or is malformed; says what
   *     was expected
   */
  public static Predictor of(Contract contract, Model model) {
    requireSame(model, "contract", model.getContract(), contract.name());
    requireSame(model, "classes", model.getClassesList(), contract.classes());
    Predictor predictor;
    try {
      predictor = new Predictor(contract, model);
    } catch (IllegalArgumentException malformed) {
      throw new UnusableModelException(model.getName(), malformed);
    }
    requireSame(model, "outputs", predictor.kernel.outputs(), contract.classes().size());
    return predictor;
  }

  private static void requireSame(Model model, String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new UnusableModelException(
          model.getName(), what + ": " + found + " (expected: " + expected + ")");
    }
  }

  /** The classes, from the least to the most urgent outcome. */
  public List<String> classes() {
    return classes;
  }

  public Encoder encoder() {
    return encoder;
  }

  public Kernel kernel() {
    return kernel;
  }

  /** What a thread needs for the methods that allocate nothing. */
  public Scratch scratch() {
    return new Scratch(encoder.size(), kernel);
  }

  /** The probability of each class for a cleaned row. */
  public double[] probabilities(Row cleaned) {
    double[] probabilities = new double[kernel.outputs()];
    probabilities(cleaned, scratch(), probabilities);
    return probabilities;
  }

  /**
   * Writes the probability of each class for a cleaned row.
   *
   * @param probabilities as long as {@link #classes()}; what it held is overwritten
   */
  public void probabilities(Row cleaned, Scratch scratch, double[] probabilities) {
    compute(cleaned, scratch);
    for (int i = 0; i < scratch.outputs.length; i++) {
      probabilities[i] = scratch.outputs[i];
    }
  }

  /** The margin of each class for a cleaned row: what the softmax makes probabilities of. */
  public float[] margins(Row cleaned, Scratch scratch) {
    encoder.encode(cleaned, scratch.vector);
    kernel.margins(scratch.vector, scratch.kernel, scratch.outputs);
    return scratch.outputs.clone();
  }

  /** The full answer for a cleaned row. */
  public Prediction predict(Row cleaned) {
    return predict(cleaned, scratch());
  }

  /** The full answer for a cleaned row. */
  public Prediction predict(Row cleaned, Scratch scratch) {
    compute(cleaned, scratch);
    return prediction(scratch.outputs, 0);
  }

  /** What a thread needs for {@link #predict(List, BlockScratch)}. */
  public BlockScratch blockScratch() {
    return new BlockScratch(encoder.size(), kernel);
  }

  /**
   * The full answers for any number of cleaned rows, in their order; each the same to the last bit
   * as for the row by itself, at a fraction of the cost.
   */
  public List<Prediction> predict(List<Row> cleaned, BlockScratch scratch) {
    int outputs = kernel.outputs();
    List<Prediction> predictions = new ArrayList<>(cleaned.size());
    for (int first = 0; first < cleaned.size(); first += BlockScratch.ROWS) {
      int rows = Math.min(BlockScratch.ROWS, cleaned.size() - first);
      for (int row = 0; row < rows; row++) {
        encoder.encode(cleaned.get(first + row), scratch.vectors, row * encoder.size());
      }
      kernel.margins(scratch.vectors, rows, scratch.kernel, scratch.outputs);
      for (int row = 0; row < rows; row++) {
        Softmax.apply(scratch.outputs, row * outputs, outputs);
        predictions.add(prediction(scratch.outputs, row * outputs));
      }
    }
    return predictions;
  }

  /** Reads an answer from the probabilities of its row, which begin at {@code start}. */
  private Prediction prediction(float[] outputs, int start) {
    int count = kernel.outputs();
    List<Double> probabilities = new ArrayList<>(count);
    int best = 0;
    double readmitted = 0;
    for (int i = 0; i < count; i++) {
      float probability = outputs[start + i];
      probabilities.add((double) probability);
      best = probability > outputs[start + best] ? i : best;
      readmitted += i == 0 ? 0 : probability;
    }
    float mostUrgent = outputs[start + count - 1];
    return new Prediction(
        best,
        List.copyOf(probabilities),
        Math.min(1, readmitted),
        mostUrgent,
        gauge.risk(mostUrgent),
        gauge.percentile(mostUrgent));
  }

  /**
   * Recomputes the model's {@link Sample samples}, from their texts on.
   *
   * @throws UnusableModelException if there is none, or a probability differs from the trainer's by
   *     more than 1e-6; names the sample and the difference
   */
  public void selfCheck() {
    try {
      selfCheck.run(this);
    } catch (IllegalStateException wrong) {
      throw new UnusableModelException(name, wrong);
    }
  }

  private void compute(Row cleaned, Scratch scratch) {
    encoder.encode(cleaned, scratch.vector);
    kernel.margins(scratch.vector, scratch.kernel, scratch.outputs);
    Softmax.apply(scratch.outputs);
  }
}
