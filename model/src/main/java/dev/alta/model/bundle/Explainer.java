package dev.alta.model.bundle;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.model.explain.Contributions;
import dev.alta.proto.v1.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says why a model answers as it does: how much each column of the contract moved the margin of a
 * class, whatever features the column was made into. Columns that share features, such as the
 * diagnoses, are told of together.
 *
 * <p>Immutable and safe for use by several threads, each with a {@link Scratch} of its own.
 */
public final class Explainer {
  /** What one thread computes in. */
  public static final class Scratch {
    private final float[] vector;
    private final double[] contributions;
    private final Contributions.Scratch shap;

    private Scratch(int features, Contributions shap) {
      this.vector = new float[features];
      this.contributions = new double[shap.groups()];
      this.shap = shap.scratch();
    }
  }

  private final Encoder encoder;
  private final Contributions shap;
  // For each of the encoder's inputs, whether a feature is made from it.
  private final boolean[] read;

  private Explainer(Encoder encoder, Contributions shap) {
    this.encoder = encoder;
    this.shap = shap;
    this.read = new boolean[encoder.inputs().size()];
    for (int feature = 0; feature < encoder.size(); feature++) {
      read[encoder.inputOf(feature)] = true;
    }
  }

  /**
   * Prepares to explain the answers for the most urgent class.
   *
   * @param model one that a {@link Predictor} could be made of
   * @throws UnusableModelException if what only explaining needs is malformed
   */
  public static Explainer ofMostUrgent(Contract contract, Model model) {
    return of(contract, model, model.getClassesCount() - 1);
  }

  /** The same for any class, by its index. */
  public static Explainer of(Contract contract, Model model, int ofClass) {
    try {
      Encoder encoder = Encoder.of(contract, model.getEncoder());
      int[] inputOf = new int[encoder.size()];
      Arrays.setAll(inputOf, encoder::inputOf);
      return new Explainer(encoder, Contributions.of(model, ofClass, inputOf));
    } catch (IllegalArgumentException malformed) {
      throw new UnusableModelException(model.getName(), malformed);
    }
  }

  /** One for each class, in their order. */
  public static List<Explainer> ofAll(Contract contract, Model model) {
    return IntStream.range(0, model.getClassesCount())
        .mapToObj(ofClass -> of(contract, model, ofClass))
        .toList();
  }

  /** What a thread needs. */
  public Scratch scratch() {
    return new Scratch(encoder.size(), shap);
  }

  /** The margin of the class that the contributions are added to. */
  public double expected() {
    return shap.expected();
  }

  /**
   * The columns that moved the margin most, whichever way; the strongest first, columns that did
   * not move it left out.
   *
   * @param most how many at most
   */
  public List<Reason> top(Row cleaned, int most, Scratch scratch) {
    return all(cleaned, scratch).stream()
        .filter(reason -> reason.contribution() != 0)
        .limit(most)
        .toList();
  }

  /**
   * Every column that the model reads, the strongest first. With {@link #expected()} their
   * contributions add up to the margin.
   */
  public List<Reason> all(Row cleaned, Scratch scratch) {
    encoder.encode(cleaned, scratch.vector);
    shap.contributions(scratch.vector, scratch.shap, scratch.contributions);
    List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < scratch.contributions.length; i++) {
      if (read[i]) {
        reasons.add(reason(encoder.inputs().get(i), cleaned, scratch.contributions[i]));
      }
    }
    reasons.sort(Comparator.comparingDouble(reason -> -Math.abs(reason.contribution())));
    return Collections.unmodifiableList(reasons);
  }

  private static Reason reason(List<Column> columns, Row cleaned, double contribution) {
    String value =
        columns.stream()
            .map(cleaned::asText)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return new Reason(columns, value, contribution);
  }
}
