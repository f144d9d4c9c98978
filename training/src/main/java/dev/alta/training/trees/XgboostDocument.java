package dev.alta.training.trees;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A model as XGBoost writes it in JSON. XGBoost writes each float with as many digits as it takes
 * to read the same float again, and they are kept as they stand.
 *
 * @see <a href="https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html">Introduction
 *     to Model IO, with the JSON schema</a>
 */
final class XgboostDocument {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** XGBoost's name of the format. */
  static final String FORMAT = "json";

  private final JsonNode root;
  private final int firstTree;

  private XgboostDocument(JsonNode root, int firstTree) {
    this.root = root;
    this.firstTree = firstTree;
  }

  /** Reads a model. */
  static XgboostDocument parse(byte[] json) {
    return parse(json, 0);
  }

  /** Reads a model without the trees before this one. */
  static XgboostDocument parse(byte[] json, int firstTree) {
    try (JsonParser parser = new LaterTrees(JSON.createParser(json), firstTree)) {
      return new XgboostDocument(JSON.readTree(parser), firstTree);
    } catch (IOException malformed) {
      throw new IllegalStateException("XGBoost's JSON cannot be read", malformed);
    }
  }

  /** The version of XGBoost that wrote it: 3.0.4. */
  String version() {
    JsonNode numbers = at(root, "/version");
    return StreamSupport.stream(numbers.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining("."));
  }

  int outputs() {
    return parameter("num_class").asInt();
  }

  /** What every output starts from. */
  float baseScore() {
    return Float.parseFloat(parameter("base_score").asText());
  }

  /** The trees that were read. */
  JsonNode trees() {
    return at(root, "/learner/gradient_booster/model/trees");
  }

  /** The output of one of {@link #trees()}. */
  int output(int tree) {
    return at(root, "/learner/gradient_booster/model/tree_info").path(firstTree + tree).asInt();
  }

  /** Whether these are all the trees of the model. */
  boolean isWhole() {
    return firstTree == 0;
  }

  private JsonNode parameter(String name) {
    return at(root, "/learner/learner_model_param/" + name);
  }

  private static JsonNode at(JsonNode node, String path) {
    JsonNode found = node.at(path);
    if (found.isMissingNode()) {
      throw new IllegalStateException("XGBoost's JSON has no " + path);
    }
    return found;
  }
}
