package dev.alta.pipelines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.RunStart;
import dev.alta.pipelines.TestDatabase;
import dev.alta.testing.Visit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

final class RunEntryIT {
  private static final String SEEN = "SELECT seen_at FROM pipeline_run";

  @Test
  @Timeout(120)
  void givesSignsOfLifeAgainOnceTheDatabaseCanTakeThem() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    try (Database database = Database.open(settings, Contract.of(Visit.getDescriptor()));
        Connection connection = TestDatabase.connect(settings)) {
      String done =
          RunEntry.during(
              database.runs(),
              RunStart.of("ingest", "visits.csv", "test"),
              FlinkSettings.local(),
              Duration.ofMillis(5),
              entry -> {
                try {
                  refuseASign(connection);
                  awaitAnotherSign(settings);
                } catch (SQLException | InterruptedException failed) {
                  throw new IllegalStateException(failed);
                }
                return "done";
              });
      assertThat(done).isEqualTo("done");
    }
    assertThat(TestDatabase.query(settings, "SELECT state FROM pipeline_run"))
        .containsExactly("DONE");
  }

  private static void refuseASign(Connection connection) throws SQLException, InterruptedException {
    CountDownLatch refused = new CountDownLatch(1);
    AppenderBase<ILoggingEvent> listener =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent line) {
            if (line.getFormattedMessage().contains("no sign of life")) {
              refused.countDown();
            }
          }
        };
    listener.start();
    Logger logger = (Logger) LoggerFactory.getLogger(RunEntry.class);
    logger.addAppender(listener);
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE pipeline_run RENAME TO away");
      refused.await();
      statement.execute("ALTER TABLE away RENAME TO pipeline_run");
    } finally {
      logger.detachAppender(listener);
    }
  }

  private static void awaitAnotherSign(DatabaseSettings settings) throws SQLException {
    String before = TestDatabase.query(settings, SEEN).get(0);
    while (TestDatabase.query(settings, SEEN).get(0).equals(before)) {
      Thread.onSpinWait();
    }
  }
}
