package dev.alta.kubernetes.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * One line from {@code status.error}, where the operator writes an exception as JSON: its type and
 * message, and those of its causes.
 */
final class ErrorWords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ErrorWords() {}

  /** The innermost message; the text itself where it is no such JSON. */
  static String of(String error) {
    JsonNode exception;
    try {
      exception = JSON.readTree(error);
    } catch (JsonProcessingException plain) {
      return line(error);
    }
    String innermost = exception.path("message").asText("");
    for (JsonNode cause : exception.path("throwableList")) {
      String message = cause.path("message").asText("");
      innermost = message.isBlank() ? innermost : message;
    }
    String reason = exception.path("additionalMetadata").path("reason").asText("");
    String words = innermost.isBlank() ? exception.path("type").asText(error) : innermost;
    return (reason.isEmpty() || words.contains(reason) ? "" : reason + ": ") + line(words);
  }

  /** The first line, without the names of exceptions before it. */
  private static String line(String text) {
    return text.lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^(?:[\\w.$]+(?:Exception|Error|Throwable): )+", "");
  }
}
