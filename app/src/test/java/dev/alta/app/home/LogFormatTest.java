package dev.alta.app.home;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

final class LogFormatTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  @Test
  void writesOneObjectALineWithTheCallsTrace() throws Exception {
    String written = written(LogFormat.JSON);
    assertThat(written).endsWith("\n").containsOnlyOnce("\n");
    JsonNode line = new ObjectMapper().readTree(written);
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("loggerName").asText()).isEqualTo("dev.alta.scorer.Scorer");
    assertThat(line.path("formattedMessage").asText()).isEqualTo("model \"7\"\nrefused");
    assertThat(line.path("mdc").path("traceparent").asText()).isEqualTo(TRACE);
    assertThat(line.path("throwable").path("message").asText()).isEqualTo("no such object");
    assertThat(line.path("timestamp").asLong()).isPositive();
  }

  @Test
  void writesLinesForPeopleWithTheCallsTrace() {
    assertThat(written(LogFormat.TEXT))
        .contains("WARN", "dev.alta.scorer.Scorer model \"7\"", " traceparent=" + TRACE);
  }

  private String written(LogFormat format) {
    LoggingEvent event =
        new LoggingEvent(
            "caller",
            context.getLogger("dev.alta.scorer.Scorer"),
            Level.WARN,
            "model {}\nrefused",
            new IOException("no such object"),
            new Object[] {"\"7\""});
    MDC.put("traceparent", TRACE);
    try {
      event.prepareForDeferredProcessing();
    } finally {
      MDC.remove("traceparent");
    }
    return new String(format.encoder(context).encode(event), StandardCharsets.UTF_8);
  }
}
