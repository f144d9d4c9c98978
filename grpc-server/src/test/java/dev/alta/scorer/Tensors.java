package dev.alta.scorer;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Column;
import dev.alta.proto.inference.InferTensorContents;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelInferRequest.InferInputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Encounters as tensors: the required columns, and as many inpatient stays as the row's number
 * modulo 3.
 */
final class Tensors {
  private static final String STAYS = "number_inpatient";

  private Tensors() {}

  /** So many rows, typed. */
  static List<InferInputTensor> typed(int rows) {
    List<InferInputTensor> inputs = new ArrayList<>();
    for (Map.Entry<String, String> text : Encounters.texts().entrySet()) {
      inputs.add(
          isText(text.getKey())
              ? texts(text.getKey(), repeated(text.getValue(), rows))
              : numbers(text.getKey(), "INT64", numbers(text, rows)));
    }
    return inputs;
  }

  /** The same in raw form. */
  static ModelInferRequest.Builder raw(ModelInferRequest.Builder request, int rows) {
    for (Map.Entry<String, String> text : Encounters.texts().entrySet()) {
      String type = isText(text.getKey()) ? "BYTES" : "INT64";
      request.addInputs(
          InferInputTensor.newBuilder().setName(text.getKey()).setDatatype(type).addShape(rows));
      request.addRawInputContents(
          isText(text.getKey())
              ? rawTexts(repeated(text.getValue(), rows))
              : rawNumbers(type, numbers(text, rows)));
    }
    return request;
  }

  private static boolean isText(String column) {
    return Encounters.CONTRACT.column(column).type() == Column.Type.TEXT;
  }

  private static String[] repeated(String text, int rows) {
    String[] texts = new String[rows];
    Arrays.fill(texts, text);
    return texts;
  }

  private static long[] numbers(Map.Entry<String, String> text, int rows) {
    long given = Long.parseLong(text.getValue());
    return LongStream.range(0, rows)
        .map(row -> text.getKey().equals(STAYS) ? row % 3 : given)
        .toArray();
  }

  static InferInputTensor texts(String name, String... texts) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (String text : texts) {
      contents.addBytesContents(ByteString.copyFromUtf8(text));
    }
    return tensor(name, "BYTES", texts.length).setContents(contents).build();
  }

  static InferInputTensor numbers(String name, String type, long... numbers) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (long number : numbers) {
      switch (type) {
        case "INT8", "INT16", "INT32" -> contents.addIntContents((int) number);
        case "INT64" -> contents.addInt64Contents(number);
        case "UINT8", "UINT16", "UINT32" -> contents.addUintContents((int) number);
        case "UINT64" -> contents.addUint64Contents(number);
        case "FP32" -> contents.addFp32Contents((float) number);
        case "FP64" -> contents.addFp64Contents((double) number);
        default -> contents.addBytesContents(ByteString.copyFromUtf8(Long.toString(number)));
      }
    }
    return tensor(name, type, numbers.length).setContents(contents).build();
  }

  private static InferInputTensor.Builder tensor(String name, String type, int rows) {
    return InferInputTensor.newBuilder().setName(name).setDatatype(type).addShape(rows);
  }

  /** Puts a tensor in the place of the one of the same name, or at the end. */
  static void replace(List<InferInputTensor> inputs, InferInputTensor tensor) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).getName().equals(tensor.getName())) {
        inputs.set(i, tensor);
        return;
      }
    }
    inputs.add(tensor);
  }

  /** The same for a request in raw form, which has one of that name. */
  static void replaceRaw(
      ModelInferRequest.Builder request, String name, String type, long... numbers) {
    for (int i = 0; i < request.getInputsCount(); i++) {
      if (request.getInputs(i).getName().equals(name)) {
        request.setInputs(i, tensor(name, type, numbers.length));
        request.setRawInputContents(
            i,
            type.equals("BYTES")
                ? rawTexts(Arrays.stream(numbers).mapToObj(Long::toString).toArray(String[]::new))
                : rawNumbers(type, numbers));
      }
    }
  }

  private static ByteString rawTexts(String... texts) {
    ByteBuffer bytes = ByteBuffer.allocate(64 * texts.length).order(ByteOrder.LITTLE_ENDIAN);
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      bytes.putInt(utf8.length).put(utf8);
    }
    return ByteString.copyFrom(bytes.flip());
  }

  private static ByteString rawNumbers(String type, long... numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : numbers) {
      switch (type) {
        case "INT8", "UINT8" -> bytes.put((byte) number);
        case "INT16", "UINT16" -> bytes.putShort((short) number);
        case "INT32", "UINT32" -> bytes.putInt((int) number);
        case "FP32" -> bytes.putFloat((float) number);
        case "FP64" -> bytes.putDouble((double) number);
        default -> bytes.putLong(number);
      }
    }
    return ByteString.copyFrom(bytes.flip());
  }
}
