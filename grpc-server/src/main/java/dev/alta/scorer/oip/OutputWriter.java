package dev.alta.scorer.oip;

import com.google.protobuf.ByteString;
import dev.alta.model.bundle.Prediction;
import dev.alta.proto.inference.InferParameter;
import dev.alta.proto.inference.InferTensorContents;
import dev.alta.proto.inference.ModelInferResponse;
import dev.alta.proto.inference.ModelInferResponse.InferOutputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes answers as tensors, typed or raw. */
final class OutputWriter {
  private static final String CLASSES = "classes";

  private final List<Prediction> answers;
  private final List<String> classes;
  private final boolean raw;

  OutputWriter(List<Prediction> answers, List<String> classes, boolean raw) {
    this.answers = answers;
    this.classes = classes;
    this.raw = raw;
  }

  void write(Output output, ModelInferResponse.Builder response) {
    InferOutputTensor.Builder tensor =
        InferOutputTensor.newBuilder()
            .setName(output.tensor())
            .setDatatype(output.type().name())
            .addShape(answers.size());
    if (output == Output.PROBABILITIES) {
      tensor.addShape(classes.size()).putParameters(CLASSES, text(String.join(",", classes)));
    }
    if (raw) {
      response.addRawOutputContents(
          output.type() == TensorType.BYTES ? rawTexts(output) : rawNumbers(output));
    } else {
      tensor.setContents(contents(output));
    }
    response.addOutputs(tensor);
  }

  static InferParameter text(String value) {
    return InferParameter.newBuilder().setStringParam(value).build();
  }

  private InferTensorContents.Builder contents(Output output) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (Prediction answer : answers) {
      if (output.type() == TensorType.BYTES) {
        contents.addBytesContents(ByteString.copyFromUtf8(output.text(answer, classes)));
      } else {
        for (int i = 0; i < output.width(classes); i++) {
          contents.addFp64Contents(output.number(answer, i));
        }
      }
    }
    return contents;
  }

  private ByteString rawNumbers(Output output) {
    int width = output.width(classes);
    ByteBuffer bytes = littleEndian(answers.size() * width * Double.BYTES);
    for (Prediction answer : answers) {
      for (int i = 0; i < width; i++) {
        bytes.putDouble(output.number(answer, i));
      }
    }
    return ByteString.copyFrom(bytes.flip());
  }

  private ByteString rawTexts(Output output) {
    List<ByteString> texts =
        answers.stream()
            .map(answer -> ByteString.copyFromUtf8(output.text(answer, classes)))
            .toList();
    ByteBuffer bytes =
        littleEndian(texts.stream().mapToInt(text -> Integer.BYTES + text.size()).sum());
    for (ByteString text : texts) {
      bytes.putInt(text.size());
      text.copyTo(bytes);
    }
    return ByteString.copyFrom(bytes.flip());
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
