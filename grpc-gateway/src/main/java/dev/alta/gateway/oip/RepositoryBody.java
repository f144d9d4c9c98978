package dev.alta.gateway.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alta.gateway.json.Problem;
import dev.alta.proto.inference.InferParameter;
import dev.alta.proto.inference.ModelRepositoryParameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The body of a request of the repository extension; all of it may be left out.
 *
 * @param ready whether only models that answer are asked for
 * @param parameters for the scorer
 */
record RepositoryBody(boolean ready, Map<String, ModelRepositoryParameter> parameters) {
  private static final String READY = "ready";
  private static final String PARAMETERS = "parameters";

  /** What the body turned out to be. */
  sealed interface Read {
    record Understood(RepositoryBody body) implements Read {}

    record Wrong(Problem problem) implements Read {}
  }

  /** Reads the body of a request for the index. */
  static Read ofIndex(byte[] bytes) {
    return read(bytes, Set.of(READY));
  }

  /** Reads the body of a request to load or unload. */
  static Read ofModel(byte[] bytes) {
    return read(bytes, Set.of(PARAMETERS));
  }

  private static Read read(byte[] bytes, Set<String> known) {
    Json.Read json = Json.read(bytes, bytes.length);
    if (json instanceof Json.Read.Wrong wrong) {
      return new Read.Wrong(wrong.problem());
    }
    ObjectNode tree = ((Json.Read.Tree) json).tree();
    Violations violations = new Violations();
    Json.requireKnown("", tree, known, violations);
    JsonNode ready = tree.path(READY);
    if (!ready.isMissingNode() && !ready.isBoolean()) {
      violations.add(READY, Json.shown(ready), "true or false");
    }
    Map<String, ModelRepositoryParameter> parameters = new LinkedHashMap<>();
    Parameters.read(PARAMETERS, tree.get(PARAMETERS), violations)
        .forEach((name, value) -> parameters.put(name, parameter(value)));
    return violations.isEmpty()
        ? new Read.Understood(new RepositoryBody(ready.asBoolean(), parameters))
        : new Read.Wrong(Problem.invalid(violations.list()));
  }

  private static ModelRepositoryParameter parameter(InferParameter value) {
    ModelRepositoryParameter.Builder made = ModelRepositoryParameter.newBuilder();
    switch (value.getParameterChoiceCase()) {
      case BOOL_PARAM -> made.setBoolParam(value.getBoolParam());
      case INT64_PARAM -> made.setInt64Param(value.getInt64Param());
      case DOUBLE_PARAM -> made.setStringParam(Double.toString(value.getDoubleParam()));
      default -> made.setStringParam(value.getStringParam());
    }
    return made.build();
  }
}
