package dev.alta.gateway.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.alta.gateway.json.Problem;
import dev.alta.proto.inference.InferParameter;
import dev.alta.proto.inference.InferTensorContents;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelInferRequest.InferInputTensor;
import dev.alta.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one inference request: JSON, behind which the elements of some inputs may stand
 * as bytes. Only what stands between JSON and gRPC is looked at here; names, types, shapes and
 * values are the scorer's to judge.
 */
final class InferReader {
  private static final String ID = "id";
  private static final String PARAMETERS = "parameters";
  private static final String INPUTS = "inputs";
  private static final String OUTPUTS = "outputs";
  private static final String NAME = "name";
  private static final String DATATYPE = "datatype";
  private static final String SHAPE = "shape";
  private static final String DATA = "data";
  private static final String BINARY_SIZE = "binary_data_size";
  private static final String BINARY = "binary_data";
  private static final String ALL_BINARY = "binary_data_output";
  private static final Set<String> FIELDS = Set.of(ID, PARAMETERS, INPUTS, OUTPUTS);
  private static final Set<String> OF_INPUT = Set.of(NAME, DATATYPE, SHAPE, PARAMETERS, DATA);
  private static final Set<String> OF_OUTPUT = Set.of(NAME, PARAMETERS);
  private static final int LONGEST_TEXT = 256;

  private final byte[] body;
  private final int jsonLength;
  private final ModelInferRequest.Builder request;
  private final Violations violations = new Violations();
  private final List<ByteString> packed = new ArrayList<>();
  private boolean anyPacked;
  private int position;

  /**
   * Takes a body.
   *
   * @param jsonLength how many bytes of it are JSON
   * @param request knows the model already
   */
  InferReader(byte[] body, int jsonLength, ModelInferRequest.Builder request) {
    this.body = body;
    this.jsonLength = jsonLength;
    this.position = jsonLength;
    this.request = request;
  }

  InferBody read() {
    Json.Read json = Json.read(body, jsonLength);
    if (json instanceof Json.Read.Wrong wrong) {
      return new InferBody.Wrong(wrong.problem());
    }
    ObjectNode tree = ((Json.Read.Tree) json).tree();
    Json.requireKnown("", tree, FIELDS, violations);
    text("", tree, ID).ifPresent(request::setId);
    Map<String, InferParameter> parameters =
        Parameters.read(PARAMETERS, tree.get(PARAMETERS), violations);
    InferParameter all = parameters.remove(ALL_BINARY);
    request.putAllParameters(parameters);
    objects(INPUTS, tree.get(INPUTS)).forEach(this::input);
    Set<String> asBytes = new HashSet<>();
    Set<String> asJson = new HashSet<>();
    objects(OUTPUTS, tree.get(OUTPUTS)).forEach(output -> output(output, asBytes, asJson));
    if (position < body.length) {
      refuse("body", (body.length - position) + " bytes behind the last tensor", "none");
    }
    if (!violations.isEmpty()) {
      return new InferBody.Wrong(Problem.invalid(violations.list()));
    }
    if (anyPacked) {
      pack();
    }
    return new InferBody.Understood(
        request.build(), new InferBody.Binary(all != null && all.getBoolParam(), asBytes, asJson));
  }

  private record Part(String where, JsonNode object) {}

  private List<Part> objects(String name, @Nullable JsonNode list) {
    List<Part> parts = new ArrayList<>();
    if (list == null || list.isNull()) {
      return parts;
    }
    if (!list.isArray()) {
      refuse(name, Json.shown(list), "a list");
      return parts;
    }
    for (JsonNode element : list) {
      String where = name + "[" + parts.size() + "]";
      if (!element.isObject()) {
        refuse(where, Json.shown(element), "an object");
      }
      parts.add(new Part(where, element));
    }
    return parts;
  }

  private void input(Part part) {
    JsonNode json = part.object();
    String where = part.where() + ".";
    Json.requireKnown(where, json, OF_INPUT, violations);
    InferInputTensor.Builder input = InferInputTensor.newBuilder();
    String name = text(where, json, NAME).orElse("");
    String datatype = text(where, json, DATATYPE).orElse("");
    input.setName(name).setDatatype(datatype);
    shape(where, json.get(SHAPE), input);
    Map<String, InferParameter> parameters =
        Parameters.read(where + PARAMETERS, json.get(PARAMETERS), violations);
    InferParameter size = parameters.remove(BINARY_SIZE);
    input.putAllParameters(parameters);
    JsonNode data = json.get(DATA);
    ByteString bytes = ByteString.EMPTY;
    if (size != null) {
      bytes = bytes(where, size, data);
      anyPacked = true;
    } else if (data == null || !data.isArray()) {
      refuse(where + DATA, data == null ? "" : Json.shown(data), "a list of the elements");
    } else {
      Elements.of(datatype)
          .map(elements -> elements.read(name, data, violations))
          .ifPresent(input::setContents);
    }
    packed.add(bytes);
    request.addInputs(input);
  }

  /** The bytes of an input, which stand behind those of the inputs before it. */
  private ByteString bytes(String where, InferParameter size, @Nullable JsonNode data) {
    if (data != null) {
      refuse(where + DATA, "given", "no elements here, as " + BINARY_SIZE + " is given");
    }
    long left = (long) body.length - position;
    long length = size.hasInt64Param() ? size.getInt64Param() : -1;
    if (length < 0 || length > left) {
      refuse(
          where + PARAMETERS + "." + BINARY_SIZE,
          size.hasInt64Param() ? Long.toString(length) : "no whole number",
          "0 to " + left + ", as so many bytes are left");
      position = body.length;
      return ByteString.EMPTY;
    }
    int begin = position;
    position += (int) length;
    return UnsafeByteOperations.unsafeWrap(body, begin, (int) length);
  }

  private void shape(String where, @Nullable JsonNode shape, InferInputTensor.Builder input) {
    if (shape == null || !shape.isArray()) {
      refuse(where + SHAPE, shape == null ? "" : Json.shown(shape), "a list of whole numbers");
      return;
    }
    for (JsonNode size : shape) {
      if (violations.isFull()) {
        return;
      }
      if (size.isIntegralNumber() && size.canConvertToLong()) {
        input.addShape(size.longValue());
      } else {
        refuse(where + SHAPE, Json.shown(size), "a whole number");
      }
    }
  }

  private void output(Part part, Set<String> asBytes, Set<String> asJson) {
    String where = part.where() + ".";
    Json.requireKnown(where, part.object(), OF_OUTPUT, violations);
    String name = text(where, part.object(), NAME).orElse("");
    Map<String, InferParameter> parameters =
        Parameters.read(where + PARAMETERS, part.object().get(PARAMETERS), violations);
    InferParameter binary = parameters.remove(BINARY);
    if (binary != null) {
      (binary.getBoolParam() ? asBytes : asJson).add(name);
    }
    request.addOutputs(
        InferRequestedOutputTensor.newBuilder().setName(name).putAllParameters(parameters));
  }

  /** gRPC has the elements of all inputs as bytes, or those of none. */
  private void pack() {
    for (int i = 0; i < request.getInputsCount(); i++) {
      InferInputTensor input = request.getInputs(i);
      InferTensorContents contents = input.getContents();
      ByteString bytes =
          input.hasContents()
              ? Elements.of(input.getDatatype()).map(e -> e.pack(contents)).orElse(packed.get(i))
              : packed.get(i);
      request.addRawInputContents(bytes);
      request.setInputs(i, input.toBuilder().clearContents());
    }
  }

  private Optional<String> text(String where, JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      if (!name.equals(ID)) {
        refuse(where + name, "", "a text");
      }
      return Optional.empty();
    } else if (!value.isTextual()) {
      refuse(where + name, Json.shown(value), "a text");
      return Optional.empty();
    }
    String text = value.textValue();
    if (text.length() > LONGEST_TEXT) {
      refuse(where + name, Json.cut(text), "a text of at most " + LONGEST_TEXT + " characters");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private void refuse(String field, String value, String expected) {
    violations.add(field, value, expected);
  }
}
