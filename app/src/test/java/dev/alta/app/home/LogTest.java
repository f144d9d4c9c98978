package dev.alta.app.home;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class LogTest {
  @TempDir Path home;

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final PrintStream errors = System.err;

  @AfterEach
  void putBack() throws Exception {
    System.setErr(errors);
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @Test
  void writesToTheErrorStreamOfAContainerAndToNoFile() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));

    settings(LogPlace.CONSOLE).openLog("serve");
    LoggerFactory.getLogger("dev.alta.test").info("model loaded");

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("\"formattedMessage\":\"model loaded\"");
    assertThat(home.resolve("logs")).doesNotExist();
  }

  @Test
  void writesToAFileOfTheHome() throws Exception {
    settings(LogPlace.FILE).openLog("serve");
    LoggerFactory.getLogger("dev.alta.test").info("model loaded");

    assertThat(Files.readString(home.resolve("logs/serve.log")))
        .contains("\"formattedMessage\":\"model loaded\"");
  }

  private StorageSettings settings(LogPlace place) {
    return new StorageSettings(home, Optional.empty(), Optional.empty(), LogFormat.JSON, place);
  }
}
