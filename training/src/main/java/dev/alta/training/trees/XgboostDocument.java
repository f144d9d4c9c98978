package dev.alta.training.trees;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
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

  private final byte[] json;
  private final JsonNode root;
  private final int[] features;
  private final int firstTree;

  private XgboostDocument(byte[] json, JsonNode root, int[] features, int firstTree) {
    this.json = json;
    this.root = root;
    this.features = features;
    this.firstTree = firstTree;
  }

  /**
   * Reads a model.
   *
   * @param features for each of the model's feature numbers, the index of the feature in the vector
   */
  static XgboostDocument parse(byte[] json, int[] features) {
    return parse(json, features, 0);
  }

  /** Reads a model without the trees before this one. */
  static XgboostDocument parse(byte[] json, int[] features, int firstTree) {
    try (JsonParser parser = new LaterTrees(JSON.createParser(json), firstTree)) {
      return new XgboostDocument(json, JSON.readTree(parser), features, firstTree);
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

  /** The index in the vector of one of the model's features. */
  int feature(int id) {
    return features[id];
  }

  /**
   * The document with features numbered as in the vector, and named. Copied token by token, since
   * XGBoost takes {@code 1E0} for a float and refuses {@code 1}.
   */
  ByteString named(List<String> names) {
    ByteString.Output copy = ByteString.newOutput(json.length);
    try (JsonParser from = JSON.createParser(json);
        JsonGenerator to = JSON.createGenerator(copy)) {
      while (from.nextToken() != null) {
        copy(from, to, names);
      }
    } catch (IOException impossible) {
      // It was read before, and is written to memory.
      throw new UncheckedIOException(impossible);
    }
    return copy.toByteString();
  }

  private void copy(JsonParser from, JsonGenerator to, List<String> names) throws IOException {
    JsonToken token = from.currentToken();
    String within = from.currentName();
    if (token == JsonToken.START_ARRAY && "feature_names".equals(within)) {
      from.skipChildren();
      to.writeArray(names.toArray(String[]::new), 0, names.size());
    } else if (token == JsonToken.START_ARRAY && "feature_types".equals(within)) {
      from.skipChildren();
      to.writeArray(
          Collections.nCopies(names.size(), "float").toArray(String[]::new), 0, names.size());
    } else if (token == JsonToken.START_ARRAY && "split_indices".equals(within)) {
      renumber(from, to);
    } else if (token == JsonToken.VALUE_STRING && "num_feature".equals(within)) {
      to.writeString(Integer.toString(names.size()));
    } else if (token.isNumeric()) {
      to.writeNumber(from.getText());
    } else {
      to.copyCurrentEvent(from);
    }
  }

  private void renumber(JsonParser from, JsonGenerator to) throws IOException {
    to.writeStartArray();
    while (from.nextToken() != JsonToken.END_ARRAY) {
      to.writeNumber(features[from.getIntValue()]);
    }
    to.writeEndArray();
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
