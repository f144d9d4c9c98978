package dev.alta.gateway.oip;

import dev.alta.gateway.json.Problem;
import dev.alta.proto.inference.ModelInferRequest;
import java.util.Set;

/** What the body of an inference request turned out to be. */
sealed interface InferBody {
  /**
   * A request for the scorer.
   *
   * @param outputs how its answer is to be written
   */
  record Understood(ModelInferRequest request, Binary outputs) implements InferBody {}

  /** None; says what is wrong. */
  record Wrong(Problem problem) implements InferBody {}

  /**
   * Which outputs come as bytes behind the JSON.
   *
   * @param usually those of which nothing is said
   * @param asBytes those that were asked for so
   * @param asJson those that were asked for otherwise
   */
  record Binary(boolean usually, Set<String> asBytes, Set<String> asJson) {
    public Binary {
      asBytes = Set.copyOf(asBytes);
      asJson = Set.copyOf(asJson);
    }

    boolean isBinary(String output) {
      return asBytes.contains(output) || (usually && !asJson.contains(output));
    }
  }
}
