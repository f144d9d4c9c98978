package dev.alta.loadtest.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the trees of XGBoost's JSON, also those of a model with one output. */
final class JsonForest {
  private JsonForest() {}

  static Forest of(byte[] json) {
    JsonNode learner = read(json).path("learner");
    JsonNode model = learner.path("gradient_booster").path("model");
    JsonNode parameters = learner.path("learner_model_param");
    int outputs = Math.max(1, parameters.path("num_class").asInt());
    Forest.Builder forest = Forest.newBuilder().setOutputs(outputs).setLink(Link.SOFTMAX);
    for (int output = 0; output < outputs; output++) {
      // Of one output it is a probability, 0.5, and so the margin 0.
      forest.addBase(outputs == 1 ? 0 : Float.parseFloat(parameters.path("base_score").asText()));
    }
    for (int i = 0; i < model.path("trees").size(); i++) {
      forest.addTreeOutput(model.path("tree_info").path(i).asInt());
      forest.addTreeRoot(forest.getFeatureCount());
      addTree(model.path("trees").path(i), forest);
    }
    return forest.build();
  }

  private static void addTree(JsonNode tree, Forest.Builder forest) {
    for (int node = 0; node < tree.path("left_children").size(); node++) {
      int left = tree.path("left_children").path(node).asInt();
      boolean leaf = left < 0;
      forest
          .addFeature(leaf ? -1 : tree.path("split_indices").path(node).asInt())
          .addValue(Float.parseFloat(tree.path("split_conditions").path(node).asText()))
          .addLeft(leaf ? 0 : left)
          .addRight(leaf ? 0 : tree.path("right_children").path(node).asInt())
          .addDefaultLeft(!leaf && tree.path("default_left").path(node).asBoolean())
          .addCover(Float.parseFloat(tree.path("sum_hessian").path(node).asText()));
    }
  }

  private static JsonNode read(byte[] json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}
