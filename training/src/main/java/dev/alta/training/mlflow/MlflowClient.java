package dev.alta.training.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Calls of MLflow's REST API 2.0. Everything it throws is an {@link MlflowException}.
 *
 * @see <a href="https://mlflow.org/docs/latest/api_reference/rest-api.html">MLflow REST API</a>
 */
final class MlflowClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final String authorization;
  private final HttpClient http;

  MlflowClient(MlflowSettings settings) {
    this.url = settings.url();
    this.authorization = settings.authorization();
    // A server of Python that is asked to change to HTTP/2 may not answer at all.
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Calls a method of the API: {@code runs/create}. */
  JsonNode post(String method, JsonNode body) {
    return send("POST", "mlflow/" + method, BodyPublishers.ofString(body.toString()));
  }

  JsonNode get(String method, Map<String, String> parameters) {
    return send("GET", "mlflow/" + method + query(parameters), BodyPublishers.noBody());
  }

  JsonNode delete(String method, JsonNode body) {
    return send("DELETE", "mlflow/" + method, BodyPublishers.ofString(body.toString()));
  }

  /** Puts a file where the server keeps artifacts. */
  void putArtifact(String path, ByteString bytes) {
    send(
        "PUT",
        "mlflow-artifacts/artifacts/" + path,
        BodyPublishers.ofByteArray(bytes.toByteArray()));
  }

  private JsonNode send(String verb, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/api/2.0/" + path))
            .timeout(CALL_TIMEOUT)
            .header("Content-Type", "application/json")
            .method(verb, body);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw refused(path, response);
      }
      return response.body().isEmpty() ? object() : JSON.readTree(response.body());
    } catch (JsonProcessingException malformed) {
      throw new MlflowException(
          "", "MLflow " + url + ": " + path + " (expected: an answer in JSON, as MLflow gives)");
    } catch (IOException unreachable) {
      throw new MlflowException(
          "MLflow " + url + ": " + cause(unreachable) + " (expected: a server that answers)",
          unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new MlflowException("MLflow " + url + ": interrupted", interrupted);
    }
  }

  private MlflowException refused(String path, HttpResponse<String> response) {
    String code = "";
    String message = "";
    try {
      JsonNode said = JSON.readTree(response.body());
      code = said.path("error_code").asText();
      message = said.path("message").asText();
    } catch (JsonProcessingException notMlflows) {
      message = "an answer that is not JSON";
    }
    return new MlflowException(
        code,
        "MLflow " + url + ": " + path + ": " + response.statusCode() + " " + code + " " + message);
  }

  private static String cause(IOException unreachable) {
    String message = unreachable.getMessage();
    return message == null ? unreachable.getClass().getSimpleName() : message;
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }
}
