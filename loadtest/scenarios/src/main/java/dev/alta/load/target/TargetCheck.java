package dev.alta.load.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.util.Exceptions;
import dev.alta.load.rows.Requests;
import dev.alta.load.rows.Rows;
import dev.alta.load.scenario.Call;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Makes sure, before a target is loaded, that it serves and keeps to the contract. */
public final class TargetCheck {
  private static final int ROWS = 8;
  private static final long PATIENCE_SECONDS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Target target;
  private final Requests requests;

  public TargetCheck(Target target, Rows rows) {
    this.target = target;
    this.requests = new Requests(rows, true);
  }

  /**
   * Asks for its health and some predictions.
   *
   * @return the version of the model that answers
   * @throws IOException if it is not fit to be loaded; says why
   */
  public String modelVersion(Call call) throws IOException {
    return call.isGrpc() ? ofScorer() : ofGateway();
  }

  private String ofScorer() throws IOException {
    ManagedChannel channel = GrpcCaller.channel(target);
    try {
      ServingStatus health =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .check(
                  HealthCheckRequest.newBuilder()
                      .setService(ReadmissionServiceGrpc.SERVICE_NAME)
                      .build())
              .getStatus();
      if (health != ServingStatus.SERVING) {
        throw new IOException(target + ": " + health + " (expected: SERVING)");
      }
      ReadmissionServiceBlockingStub scorer =
          ReadmissionServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (int i = 0; i < ROWS; i++) {
        known(scorer.predict(requests.predict(i)).getPrediction());
      }
      return scorer.getModel(GetModelRequest.getDefaultInstance()).getManifest().getVersion();
    } catch (StatusRuntimeException failure) {
      throw new IOException(
          target + ": " + failure.getMessage() + " (expected: a scorer, such as ./alta up starts)",
          failure);
    } finally {
      channel.shutdownNow();
    }
  }

  private String ofGateway() throws IOException {
    try (Gateway gateway = new Gateway(target, Duration.ofSeconds(PATIENCE_SECONDS))) {
      ask(gateway, HttpRequest.of(HttpMethod.GET, "/ready"));
      for (int i = 0; i < ROWS; i++) {
        JsonNode answer =
            ask(
                gateway,
                HttpRequest.of(
                    HttpMethod.POST,
                    "/predict?hypothetical=true",
                    MediaType.JSON,
                    HttpData.wrap(requests.body(i))));
        known(answer.path("prediction").asText());
      }
      return ask(gateway, HttpRequest.of(HttpMethod.GET, "/model-info"))
          .path("model_version")
          .asText();
    }
  }

  private JsonNode ask(Gateway gateway, HttpRequest request) throws IOException {
    AggregatedHttpResponse answer;
    try {
      answer = gateway.client().execute(request).aggregate().join();
    } catch (CompletionException failure) {
      throw new IOException(
          target
              + request.path()
              + ": "
              + Exceptions.peel(failure)
              + " (expected: a gateway, such as ./alta up starts)",
          failure);
    }
    if (!answer.status().equals(HttpStatus.OK)) {
      throw new IOException(
          target
              + request.path()
              + ": "
              + answer.status().code()
              + " (expected: 200) "
              + answer.contentUtf8());
    }
    return JSON.readTree(answer.content().array());
  }

  private void known(String prediction) throws IOException {
    if (!Rows.CONTRACT.classes().contains(prediction)) {
      throw new IOException(
          target
              + " predicts "
              + prediction
              + " (expected: one of "
              + Rows.CONTRACT.classes()
              + ", as the contract has it)");
    }
  }
}
