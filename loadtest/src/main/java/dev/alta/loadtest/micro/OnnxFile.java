package dev.alta.loadtest.micro;

import com.google.protobuf.CodedOutputStream;
import dev.alta.proto.v1.Forest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Writes a forest as an ONNX file: one TreeEnsembleRegressor, from a matrix {@code rows} to {@code
 * probabilities}, or to the margin where there is one output. Numbers of fields are those of
 * onnx.proto3.
 */
final class OnnxFile {
  private static final int FLOAT_TENSOR = 1;
  private static final int IR_VERSION = 8;
  private static final int ML_VERSION = 3;
  private static final int PLAIN_VERSION = 15;

  /** A message that is written into memory. */
  @FunctionalInterface
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private final Forest forest;
  private final int features;

  private OnnxFile(Forest forest, int features) {
    this.forest = forest;
    this.features = features;
  }

  static byte[] of(Forest forest, int features) {
    return new OnnxFile(forest, features).model();
  }

  private byte[] model() {
    return bytes(
        out -> {
          out.writeInt64(1, IR_VERSION);
          out.writeByteArray(7, graph());
          out.writeByteArray(8, opset("ai.onnx.ml", ML_VERSION));
          out.writeByteArray(8, opset("", PLAIN_VERSION));
        });
  }

  private static byte[] opset(String domain, int version) {
    return bytes(
        out -> {
          out.writeString(1, domain);
          out.writeInt64(2, version);
        });
  }

  private byte[] graph() {
    return bytes(
        out -> {
          out.writeByteArray(1, node());
          out.writeString(2, "forest");
          out.writeByteArray(11, matrix("rows", features));
          out.writeByteArray(12, matrix("probabilities", forest.getOutputs()));
        });
  }

  private static byte[] matrix(String name, int columns) {
    byte[] anyRows = bytes(out -> out.writeString(2, "n"));
    byte[] width = bytes(out -> out.writeInt64(1, columns));
    byte[] shape =
        bytes(
            out -> {
              out.writeByteArray(1, anyRows);
              out.writeByteArray(1, width);
            });
    byte[] tensor =
        bytes(
            out -> {
              out.writeInt32(1, FLOAT_TENSOR);
              out.writeByteArray(2, shape);
            });
    byte[] type = bytes(out -> out.writeByteArray(1, tensor));
    return bytes(
        out -> {
          out.writeString(1, name);
          out.writeByteArray(2, type);
        });
  }

  private byte[] node() {
    return bytes(
        out -> {
          out.writeString(1, "rows");
          out.writeString(2, "probabilities");
          out.writeString(3, "trees");
          out.writeString(4, "TreeEnsembleRegressor");
          out.writeString(7, "ai.onnx.ml");
          // Of one output the margin: the runtime leaves LOGISTIC undone here.
          text(out, "post_transform", forest.getOutputs() == 1 ? "NONE" : "SOFTMAX");
          whole(out, "n_targets", forest.getOutputs());
          floats(out, "base_values", each -> forest.getBaseList().forEach(each::add));
          nodes(out);
          leaves(out);
        });
  }

  private void nodes(CodedOutputStream out) throws IOException {
    whole(out, "nodes_treeids", (list, tree, node) -> list.add(tree));
    whole(out, "nodes_nodeids", (list, tree, node) -> list.add(node - root(tree)));
    whole(
        out,
        "nodes_featureids",
        (list, tree, node) -> list.add(Math.max(0, forest.getFeature(node))));
    texts(out, "nodes_modes", node -> forest.getFeature(node) < 0 ? "LEAF" : "BRANCH_LT");
    floats(
        out,
        "nodes_values",
        each -> {
          for (int node = 0; node < forest.getFeatureCount(); node++) {
            each.add(forest.getFeature(node) < 0 ? 0 : forest.getValue(node));
          }
        });
    whole(out, "nodes_truenodeids", (list, tree, node) -> list.add(forest.getLeft(node)));
    whole(out, "nodes_falsenodeids", (list, tree, node) -> list.add(forest.getRight(node)));
    whole(
        out,
        "nodes_missing_value_tracks_true",
        (list, tree, node) -> list.add(forest.getDefaultLeft(node) ? 1 : 0));
  }

  private void leaves(CodedOutputStream out) throws IOException {
    whole(out, "target_treeids", (list, tree, node) -> ofLeaf(list, node, tree));
    whole(out, "target_nodeids", (list, tree, node) -> ofLeaf(list, node, node - root(tree)));
    whole(out, "target_ids", (list, tree, node) -> ofLeaf(list, node, forest.getTreeOutput(tree)));
    floats(
        out,
        "target_weights",
        each -> {
          for (int node = 0; node < forest.getFeatureCount(); node++) {
            if (forest.getFeature(node) < 0) {
              each.add(forest.getValue(node));
            }
          }
        });
  }

  private void ofLeaf(Wholes list, int node, long value) throws IOException {
    if (forest.getFeature(node) < 0) {
      list.add(value);
    }
  }

  private int root(int tree) {
    return forest.getTreeRoot(tree);
  }

  @FunctionalInterface
  private interface Wholes {
    void add(long value) throws IOException;
  }

  @FunctionalInterface
  private interface OfNode {
    void write(Wholes list, int tree, int node) throws IOException;
  }

  @FunctionalInterface
  private interface Floats {
    void add(float value);
  }

  private void whole(CodedOutputStream node, String name, OfNode value) throws IOException {
    attribute(
        node,
        name,
        7,
        out -> {
          for (int tree = 0; tree < forest.getTreeRootCount(); tree++) {
            boolean last = tree + 1 == forest.getTreeRootCount();
            int end = last ? forest.getFeatureCount() : root(tree + 1);
            for (int i = root(tree); i < end; i++) {
              value.write(written -> out.writeInt64(8, written), tree, i);
            }
          }
        });
  }

  private static void whole(CodedOutputStream node, String name, long value) throws IOException {
    attribute(node, name, 2, out -> out.writeInt64(3, value));
  }

  private static void text(CodedOutputStream node, String name, String value) throws IOException {
    attribute(node, name, 3, out -> out.writeString(4, value));
  }

  private void texts(CodedOutputStream node, String name, IntFunction<String> value)
      throws IOException {
    attribute(
        node,
        name,
        8,
        out -> {
          for (int i = 0; i < forest.getFeatureCount(); i++) {
            out.writeString(9, value.apply(i));
          }
        });
  }

  private static void floats(CodedOutputStream node, String name, Consumer<Floats> values)
      throws IOException {
    attribute(
        node,
        name,
        6,
        out ->
            values.accept(
                value -> {
                  try {
                    out.writeFloat(7, value);
                  } catch (IOException impossible) {
                    throw new UncheckedIOException(impossible);
                  }
                }));
  }

  private static void attribute(CodedOutputStream node, String name, int type, Fields value)
      throws IOException {
    node.writeByteArray(
        5,
        bytes(
            out -> {
              out.writeString(1, name);
              value.write(out);
              out.writeEnum(20, type);
            }));
  }

  private static byte[] bytes(Fields fields) {
    ByteArrayOutputStream memory = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(memory);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException impossible) {
      // It is written to memory.
      throw new UncheckedIOException(impossible);
    }
    return memory.toByteArray();
  }
}
