package dev.alta.gateway.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.alta.proto.inference.ModelInferResponse;
import dev.alta.proto.inference.ModelInferResponse.InferOutputTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the scorer's answer: JSON, behind which some outputs may stand as bytes. */
final class InferWriter {
  /** How many bytes of a body are JSON. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private final ModelInferResponse response;
  private final InferBody.Binary binary;
  private final List<ByteString> behind = new ArrayList<>();

  InferWriter(ModelInferResponse response, InferBody.Binary binary) {
    this.response = response;
    this.binary = binary;
  }

  /** The answer, with the caller's own id, where there was one. */
  HttpResponse write(String id) {
    byte[] json = Json.write(out -> write(id, out));
    if (behind.isEmpty()) {
      return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(json));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(json);
    behind.forEach(bytes -> all.writeBytes(bytes.toByteArray()));
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
            .set(JSON_LENGTH, Integer.toString(json.length))
            .build(),
        HttpData.wrap(all.toByteArray()));
  }

  private void write(String id, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("model_name", response.getModelName());
    json.writeStringField("model_version", response.getModelVersion());
    if (!id.isEmpty()) {
      json.writeStringField("id", id);
    }
    json.writeObjectFieldStart("parameters");
    Parameters.write(json, response.getParametersMap());
    json.writeEndObject();
    json.writeArrayFieldStart("outputs");
    for (int i = 0; i < response.getOutputsCount(); i++) {
      output(i, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void output(int i, JsonGenerator json) throws IOException {
    InferOutputTensor output = response.getOutputs(i);
    Elements elements =
        Elements.of(output.getDatatype())
            .orElseThrow(
                () -> new IllegalStateException(output.getDatatype() + ": no type we know"));
    ByteString bytes =
        response.getRawOutputContentsCount() > 0
            ? response.getRawOutputContents(i)
            : elements.pack(output.getContents());
    boolean packed = binary.isBinary(output.getName());
    json.writeStartObject();
    json.writeStringField("name", output.getName());
    json.writeStringField("datatype", output.getDatatype());
    json.writeArrayFieldStart("shape");
    for (long size : output.getShapeList()) {
      json.writeNumber(size);
    }
    json.writeEndArray();
    if (packed || output.getParametersCount() > 0) {
      json.writeObjectFieldStart("parameters");
      Parameters.write(json, output.getParametersMap());
      if (packed) {
        json.writeNumberField("binary_data_size", bytes.size());
      }
      json.writeEndObject();
    }
    if (packed) {
      behind.add(bytes);
    } else {
      json.writeFieldName("data");
      elements.write(bytes, json);
    }
    json.writeEndObject();
  }
}
