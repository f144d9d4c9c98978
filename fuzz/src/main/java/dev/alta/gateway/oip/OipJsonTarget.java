package dev.alta.gateway.oip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.alta.core.contract.Column;
import dev.alta.fuzz.Choices;
import dev.alta.fuzz.Expect;
import dev.alta.fuzz.SmallModel;
import dev.alta.gateway.json.Problem;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelInferResponse;
import dev.alta.scorer.oip.OipGrpcTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A body of the Open Inference Protocol, up to the answer. First two bytes: how many at the end are
 * tensors.
 */
public final class OipJsonTarget {
  private OipJsonTarget() {}

  public static List<byte[]> seeds() {
    StringBuilder inputs = new StringBuilder();
    for (Map.Entry<String, String> text : SmallModel.texts().entrySet()) {
      boolean isText = SmallModel.CONTRACT.column(text.getKey()).type() == Column.Type.TEXT;
      String quote = isText ? "\"" : "";
      inputs
          .append(inputs.isEmpty() ? "" : ",")
          .append("{\"name\":\"" + text.getKey() + "\",\"shape\":[1],\"datatype\":\"")
          .append(isText ? "BYTES" : "INT64")
          .append("\",\"data\":[" + quote + text.getValue() + quote + "]}");
    }
    String packed =
        inputs
            .toString()
            .replaceFirst("\"data\":\\[[0-9]+\\]", "\"parameters\":{\"binary_data_size\":8}");
    String outputs = ",\"outputs\":[{\"name\":\"risk\",\"parameters\":{\"binary_data\":true}}]";
    return List.of(
        bytes("\0\0{\"inputs\":[" + inputs + "]}"),
        bytes("\0\0{\"id\":\"x\",\"inputs\":[" + inputs + "]" + outputs + "}"),
        bytes("\0\10{\"inputs\":[" + packed + "]}\1\0\0\0\0\0\0\0"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static boolean run(byte[] input) throws IOException {
    Choices choices = new Choices(input);
    int behind = 256 * choices.next() + choices.next();
    byte[] body = choices.rest();
    repository(RepositoryBody.ofIndex(body));
    repository(RepositoryBody.ofModel(body));
    InferBody read =
        new InferReader(
                body,
                Math.max(0, body.length - behind),
                ModelInferRequest.newBuilder().setModelName("readmission"))
            .read();
    if (read instanceof InferBody.Wrong wrong) {
      problem(wrong.problem());
      return false;
    }
    return answered((InferBody.Understood) read);
  }

  private static boolean answered(InferBody.Understood understood) throws IOException {
    Optional<ModelInferResponse> response = OipGrpcTarget.answer(understood.request());
    if (response.isEmpty()) {
      return false;
    }
    AggregatedHttpResponse answer =
        new InferWriter(response.get(), understood.outputs()).write("x").aggregate().join();
    Expect.same(answer.status().code(), 200, "status");
    String length = answer.headers().get(InferWriter.JSON_LENGTH);
    byte[] body = answer.content().array();
    json(body, length == null ? body.length : Integer.parseInt(length));
    sameOverGrpc(understood.request());
    return true;
  }

  /** What goes to the scorer is the same after it has gone over the wire. */
  private static void sameOverGrpc(ModelInferRequest request)
      throws InvalidProtocolBufferException {
    ModelInferRequest arrived = ModelInferRequest.parseFrom(request.toByteString());
    Expect.same(
        OipGrpcTarget.answer(arrived), OipGrpcTarget.answer(request), "the answer over the wire");
  }

  private static void repository(RepositoryBody.Read read) throws IOException {
    if (read instanceof RepositoryBody.Read.Wrong wrong) {
      problem(wrong.problem());
    }
  }

  private static void problem(Problem problem) throws IOException {
    Expect.that(problem.status() >= 400 && problem.status() < 500, "status " + problem.status());
    byte[] written = problem.json().getBytes(StandardCharsets.UTF_8);
    json(written, written.length);
    if (!problem.violations().isEmpty()) {
      Expect.violations(problem.violations());
    }
  }

  private static void json(byte[] bytes, int length) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(bytes, 0, length)) {
      while (json.nextToken() != null) {
        // To its end.
      }
    }
  }
}
