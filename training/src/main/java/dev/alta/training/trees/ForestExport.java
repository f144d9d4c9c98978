package dev.alta.training.trees;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;

/**
 * Turns XGBoost's trees into the product's own form: reachable nodes only, parents first. Later
 * trees alone start from 0, to be added to what the earlier ones gave.
 */
final class ForestExport {
  private static final int NONE = -1;

  private final XgboostDocument document;
  private final Forest.Builder forest = Forest.newBuilder().setLink(Link.SOFTMAX);
  // Of the tree at hand.
  private JsonNode tree;
  private int root;

  private ForestExport(XgboostDocument document) {
    this.document = document;
    this.tree = document.trees();
  }

  static Forest of(XgboostDocument document) {
    return new ForestExport(document).export();
  }

  private Forest export() {
    forest.setOutputs(document.outputs());
    for (int output = 0; output < document.outputs(); output++) {
      forest.addBase(document.isWhole() ? document.baseScore() : 0);
    }
    for (int i = 0; i < document.trees().size(); i++) {
      tree = document.trees().get(i);
      if (!tree.path("categories").isEmpty()) {
        throw new IllegalStateException("tree " + i + " asks for categories (expected: numbers)");
      }
      root = forest.getFeatureCount();
      forest.addTreeOutput(document.output(i)).addTreeRoot(root);
      node(0);
    }
    return forest.build();
  }

  /** Appends a node and all below it; gives its place, counted from the tree's root. */
  private int node(int id) {
    int place = forest.getFeatureCount();
    boolean leaf = whole("left_children", id) == NONE;
    forest
        .addFeature(leaf ? NONE : whole("split_indices", id))
        // Of a leaf, this is its value.
        .addValue(tree.path("split_conditions").path(id).decimalValue().floatValue())
        .addLeft(0)
        .addRight(0)
        // Written as true and false up to XGBoost 1.6, as 1 and 0 since.
        .addDefaultLeft(!leaf && tree.path("default_left").path(id).asBoolean())
        .addCover(tree.path("sum_hessian").path(id).decimalValue().floatValue());
    if (!leaf) {
      forest.setLeft(place, node(whole("left_children", id)));
      forest.setRight(place, node(whole("right_children", id)));
    }
    return place - root;
  }

  private int whole(String array, int id) {
    return tree.path(array).path(id).asInt();
  }
}
