package dev.alta.gateway.oip;

import dev.alta.gateway.json.ObjectSchema;
import dev.alta.gateway.json.Schema;
import java.util.Arrays;
import java.util.List;

/** What the protocol's bodies look like. */
final class InferenceSchemas {
  private static final List<String> TYPES =
      Arrays.stream(Elements.values()).map(Enum::name).toList();

  private static final Schema PARAMETERS =
      Schema.named(
          "InferenceParameters",
          json -> {
            json.writeStartObject();
            json.writeStringField("type", "object");
            json.writeObjectFieldStart("additionalProperties");
            json.writeArrayFieldStart("type");
            for (String type : List.of("string", "number", "boolean")) {
              json.writeString(type);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
          });

  private static final Schema SHAPE =
      Schema.listOf(
          new Schema(
              "",
              List.of(),
              json -> {
                json.writeStartObject();
                json.writeStringField("type", "integer");
                json.writeEndObject();
              }));

  private static final Schema ELEMENTS =
      Schema.listOf(
          new Schema(
              "",
              List.of(),
              json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("type");
                for (String type : List.of("string", "number", "boolean", "array")) {
                  json.writeString(type);
                }
                json.writeEndArray();
                json.writeEndObject();
              }));

  static final Schema SERVER =
      ObjectSchema.named("InferenceServer")
          .text("name", "what serves")
          .text("version", "of the program")
          .list("extensions", "of the protocol that it has", Schema.text())
          .build();

  static final Schema LIVE = ObjectSchema.named("InferenceServerLive").flag("live", "true").build();

  static final Schema READY =
      ObjectSchema.named("InferenceServerReady").flag("ready", "whether a model answers").build();

  static final Schema MODEL_READY =
      ObjectSchema.named("InferenceModelReady")
          .text("name", "of the model")
          .flag("ready", "whether it answers")
          .build();

  static final Schema MODEL = model();

  static final Schema INFER_REQUEST =
      ObjectSchema.named("InferenceRequest")
          .text("id", "that the answer is to have")
          .optional()
          .field("parameters", "binary_data_output: true for all outputs as bytes", PARAMETERS)
          .optional()
          .list("inputs", "a tensor for each column", input())
          .list("outputs", "those that are wanted; left out: all", wanted())
          .optional()
          .closed()
          .build();

  static final Schema INFER_ANSWER =
      ObjectSchema.named("InferenceAnswer")
          .text("model_name", "of the model that answered")
          .text("model_version", "its version")
          .text("id", "the request's, if it had one")
          .optional()
          .field("parameters", "request_id: the prediction's in the log, and more", PARAMETERS)
          .list("outputs", "a tensor for each", output())
          .build();

  static final Schema INDEX_REQUEST =
      ObjectSchema.named("InferenceIndexRequest")
          .flag("ready", "true for that which answers alone")
          .optional()
          .closed()
          .build();

  static final Schema INDEX =
      Schema.listOf(
          ObjectSchema.named("InferenceIndexEntry")
              .text("name", "of the model")
              .text("version", "its version")
              .oneOf("state", "READY is that which answers", List.of("READY", "UNAVAILABLE"))
              .text("reason", "what is known of it beside that")
              .build());

  static final Schema MODEL_REQUEST =
      ObjectSchema.named("InferenceModelRequest")
          .field("parameters", "see the call", PARAMETERS)
          .optional()
          .closed()
          .build();

  private InferenceSchemas() {}

  private static Schema model() {
    Schema tensor =
        ObjectSchema.named("InferenceTensorMetadata")
            .text("name", "of the tensor")
            .oneOf("datatype", "of its elements", TYPES)
            .field("shape", "-1: as many as there are rows", SHAPE)
            .build();
    return ObjectSchema.named("InferenceModel")
        .text("name", "of the model")
        .list("versions", "that which answers", Schema.text())
        .text("platform", "what computes it")
        .list("inputs", "a tensor for each column", tensor)
        .list("outputs", "what it answers", tensor)
        .build();
  }

  private static Schema input() {
    return ObjectSchema.named("InferenceInput")
        .text("name", "the column's")
        .oneOf("datatype", "of the elements; BYTES are texts", TYPES)
        .field("shape", "[rows] or [rows, 1]", SHAPE)
        .field("parameters", "binary_data_size: of the bytes behind the JSON", PARAMETERS)
        .optional()
        .field("data", "the elements, unless they are behind the JSON", ELEMENTS)
        .optional()
        .closed()
        .build();
  }

  private static Schema wanted() {
    return ObjectSchema.named("InferenceWantedOutput")
        .text("name", "the tensor's")
        .field("parameters", "binary_data: whether it is to come as bytes", PARAMETERS)
        .optional()
        .closed()
        .build();
  }

  private static Schema output() {
    return ObjectSchema.named("InferenceOutput")
        .text("name", "of the tensor")
        .oneOf("datatype", "of its elements", TYPES)
        .field("shape", "[rows], or [rows, classes]", SHAPE)
        .field("parameters", "binary_data_size: of the bytes behind the JSON", PARAMETERS)
        .optional()
        .field("data", "the elements, unless they are behind the JSON", ELEMENTS)
        .optional()
        .build();
  }
}
