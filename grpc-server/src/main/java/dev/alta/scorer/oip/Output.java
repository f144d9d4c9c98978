package dev.alta.scorer.oip;

import dev.alta.core.contract.Violation;
import dev.alta.model.bundle.Prediction;
import dev.alta.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tensors that a model answers with. */
enum Output {
  /** The most probable class. */
  PREDICTION(TensorType.BYTES),
  /** Of each class, in the order of the classes. */
  PROBABILITIES(TensorType.FP64),
  PROBABILITY_READMITTED(TensorType.FP64),
  PROBABILITY_WITHIN_30_DAYS(TensorType.FP64),
  /** LOW, MEDIUM or HIGH. */
  RISK(TensorType.BYTES),
  RISK_PERCENTILE(TensorType.FP64);

  // Whoever sends this many reads no more of them.
  private static final int MOST_VIOLATIONS = 100;

  private final TensorType type;

  Output(TensorType type) {
    this.type = type;
  }

  /** The tensor's name. */
  String tensor() {
    return name().toLowerCase(Locale.ROOT);
  }

  TensorType type() {
    return type;
  }

  /** Those that were asked for, in that order; all where none was. */
  static List<Output> requested(
      List<InferRequestedOutputTensor> asked, List<Violation> violations) {
    if (asked.isEmpty()) {
      return List.of(values());
    }
    List<Output> requested = new ArrayList<>();
    for (int i = 0; i < asked.size() && violations.size() < MOST_VIOLATIONS; i++) {
      String name = asked.get(i).getName();
      Optional<Output> output = of(name);
      if (output.isEmpty()) {
        violations.add(new Violation("outputs[" + i + "]", name, "one of " + names()));
      } else if (requested.contains(output.get())) {
        violations.add(new Violation("outputs[" + i + "]", name, "each output once"));
      } else {
        requested.add(output.get());
      }
    }
    return requested;
  }

  private static Optional<Output> of(String name) {
    return Arrays.stream(values()).filter(output -> output.tensor().equals(name)).findFirst();
  }

  private static String names() {
    return Arrays.stream(values()).map(Output::tensor).collect(Collectors.joining(", "));
  }

  /** The element of a BYTES tensor for a row. */
  String text(Prediction answer, List<String> classes) {
    return switch (this) {
      case PREDICTION -> classes.get(answer.best());
      case RISK -> answer.risk().name();
      default -> throw new IllegalStateException(this + " holds no texts");
    };
  }

  /** How many elements of an FP64 tensor a row has. */
  int width(List<String> classes) {
    return this == PROBABILITIES ? classes.size() : 1;
  }

  /** An element of an FP64 tensor for a row. */
  double number(Prediction answer, int element) {
    return switch (this) {
      case PROBABILITIES -> answer.probabilities().get(element);
      case PROBABILITY_READMITTED -> answer.probabilityReadmitted();
      case PROBABILITY_WITHIN_30_DAYS -> answer.probabilityMostUrgent();
      case RISK_PERCENTILE -> answer.riskPercentile();
      default -> throw new IllegalStateException(this + " holds no numbers");
    };
  }
}
