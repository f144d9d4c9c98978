package dev.alta.gateway.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alta.proto.inference.ModelMetadataResponse;
import dev.alta.proto.inference.ModelMetadataResponse.TensorMetadata;
import dev.alta.proto.inference.RepositoryIndexResponse;
import dev.alta.proto.inference.RepositoryIndexResponse.ModelIndex;
import dev.alta.proto.inference.ServerMetadataResponse;
import java.io.IOException;
import java.util.List;

/** What the scorer says of itself and its models, as JSON. */
final class Descriptions {
  /** What answers where there is nothing to say. */
  static final byte[] NOTHING =
      Json.write(
          json -> {
            json.writeStartObject();
            json.writeEndObject();
          });

  /** What this door adds to the scorer's extensions. */
  private static final String BINARY = "binary_tensor_data";

  private Descriptions() {}

  static byte[] server(ServerMetadataResponse server) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", server.getName());
          json.writeStringField("version", server.getVersion());
          json.writeArrayFieldStart("extensions");
          for (String extension : server.getExtensionsList()) {
            json.writeString(extension);
          }
          json.writeString(BINARY);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static byte[] model(ModelMetadataResponse model) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", model.getName());
          json.writeArrayFieldStart("versions");
          for (String version : model.getVersionsList()) {
            json.writeString(version);
          }
          json.writeEndArray();
          json.writeStringField("platform", model.getPlatform());
          tensors(json, "inputs", model.getInputsList());
          tensors(json, "outputs", model.getOutputsList());
          json.writeEndObject();
        });
  }

  private static void tensors(JsonGenerator json, String name, List<TensorMetadata> tensors)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (TensorMetadata tensor : tensors) {
      json.writeStartObject();
      json.writeStringField("name", tensor.getName());
      json.writeStringField("datatype", tensor.getDatatype());
      json.writeArrayFieldStart("shape");
      for (long size : tensor.getShapeList()) {
        json.writeNumber(size);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static byte[] index(RepositoryIndexResponse index) {
    return Json.write(
        json -> {
          json.writeStartArray();
          for (ModelIndex model : index.getModelsList()) {
            json.writeStartObject();
            json.writeStringField("name", model.getName());
            json.writeStringField("version", model.getVersion());
            json.writeStringField("state", model.getState());
            json.writeStringField("reason", model.getReason());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** One truth by its name. */
  static byte[] state(String name, boolean state) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeBooleanField(name, state);
          json.writeEndObject();
        });
  }

  /** That of a model. */
  static byte[] modelState(String model, boolean ready) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", model);
          json.writeBooleanField("ready", ready);
          json.writeEndObject();
        });
  }
}
