package dev.alta.pipelines.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.core.progress.Progress;
import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.TestDatabase;
import dev.alta.pipelines.VisitFile;
import dev.alta.pipelines.prepare.Prepare;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.pipelines.source.RowForm;
import dev.alta.pipelines.source.SourceServer;
import dev.alta.pipelines.source.SourceSettings;
import dev.alta.testing.Visit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incremental source ingested into PostgreSQL by Flink, every part real. */
final class HttpIngestIT {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  private static final String ROWS =
      "SELECT visit_id, person, ward, creatinine, falls, cause, came_back FROM raw_data ORDER BY 1";

  @TempDir Path folder;
  private DatabaseSettings database;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.empty();
  }

  @Test
  void storesTheSameRowsAsTheFileInEitherFormAndNothingTwice() throws Exception {
    List<String> rows = VisitFile.rows(350);
    rows.set(4, "5,7,surgery,99,0,428,maybe");
    Path file = VisitFile.write(folder.resolve("visits.csv.gz"), rows);
    DatabaseSettings fromFile = TestDatabase.empty();
    ingest(fromFile, file.toString());
    DatabaseSettings asObjects = TestDatabase.empty();
    try (SourceServer server = serve(file, 0, RowForm.OBJECTS)) {
      ingest(asObjects, server.url().toString());
    }
    try (SourceServer server = serve(file, 0, RowForm.LISTS)) {
      IngestResult first = ingest(database, server.url().toString());
      assertThat(first)
          .extracting(IngestResult::read, IngestResult::accepted, IngestResult::rejected)
          .containsExactly(350L, 349L, 1L);
      assertThat(first.source()).isEqualTo(server.url().toString());
      IngestResult again = ingest(database, server.url().toString());
      assertThat(again)
          .extracting(IngestResult::accepted, IngestResult::newBatches)
          .containsExactly(0L, 0);
      assertThat(again.read()).as("only the last day is asked for again").isEqualTo(50);
    }

    assertThat(query(ROWS)).hasSize(349).isEqualTo(TestDatabase.query(fromFile, ROWS));
    assertThat(TestDatabase.query(asObjects, ROWS)).isEqualTo(query(ROWS));
    String hashes = "SELECT batch_number, content_sha256, rows_read FROM ingest_batch ORDER BY 1";
    assertThat(query(hashes)).hasSize(4).isEqualTo(TestDatabase.query(asObjects, hashes));
    assertThat(query("SELECT line, reasons->0->>'column', raw_text FROM rejected_rows"))
        .containsExactly("5|creatinine|5,7,surgery,99,0,428,maybe");
  }

  @Test
  void ingestsOnlyTheDaysThatAreNew() throws Exception {
    List<String> rows = VisitFile.rows(400);
    Path file = VisitFile.write(folder.resolve("visits.csv"), rows.subList(0, 200));
    int port;
    try (SourceServer server = serve(file, 0, RowForm.LISTS)) {
      port = port(server);
      assertThat(ingest(database, server.url().toString()).newBatches()).isEqualTo(2);
      assertThat(watermark()).containsExactly(server.url() + "|2");
    }
    VisitFile.write(file, rows);
    try (SourceServer server = serve(file, port, RowForm.OBJECTS)) {
      IngestResult grown = ingest(database, server.url().toString());
      assertThat(grown)
          .extracting(IngestResult::accepted, IngestResult::alreadyThere, IngestResult::newBatches)
          .containsExactly(200L, 100L, 2);
      assertThat(watermark()).containsExactly(server.url() + "|4");
    }
    assertThat(query("SELECT count(*), min(visit_id), max(visit_id) FROM raw_data"))
        .containsExactly("400|1|400");
  }

  @Test
  void refusesAChangedDayAndKeepsTheEarlierOnes() throws Exception {
    List<String> rows = VisitFile.rows(300);
    Path file = VisitFile.write(folder.resolve("visits.csv"), rows.subList(0, 150));
    int port;
    try (SourceServer server = serve(file, 0, RowForm.LISTS)) {
      port = port(server);
      ingest(database, server.url().toString());
    }
    List<String> before = query(ROWS);
    VisitFile.write(file, rows); // the second day has grown
    try (SourceServer server = serve(file, port, RowForm.LISTS)) {
      String expected =
          query("SELECT content_sha256 FROM ingest_batch WHERE batch_number = 2").get(0);
      assertThatThrownBy(() -> ingest(database, server.url().toString()))
          .isInstanceOf(PipelineException.class)
          .hasMessageStartingWith("batch 2 of " + server.url() + ": content ")
          .hasMessageContaining("(expected: " + expected);
    }
    assertThat(query(ROWS)).isEqualTo(before);
    VisitFile.write(file, rows.subList(0, 100)); // the second day is gone
    try (SourceServer server = serve(file, port, RowForm.LISTS)) {
      assertThatThrownBy(() -> ingest(database, server.url().toString()))
          .isInstanceOf(PipelineException.class)
          .hasMessageStartingWith(server.url().of(2) + ": no such day any more");
    }
    assertThat(query(ROWS)).isEqualTo(before);
  }

  @Test
  void keepsTheDaysBeforeOneThatFailsAndGoesOnThere() throws Exception {
    String day = "{\"group_number\":1,\"day\":%d,\"batch_number\":%<d,\"data\":[%s]}";
    String row = "[%d,7,\"surgery\",1.5,0,\"428\",\"no\"]";
    String[] answers = {
      String.format(day, 1, String.format(row, 1)),
      String.format(day, 2, ""),
      "{\"group_number\":1,\"day\":3,\"batch_number\":3,\"data\":[[1,2]]}",
    };
    int[] status = {200, 200, 200, 404};
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            int asked = Integer.parseInt(query.substring(query.indexOf("day=") + 4));
            String answer = asked > 3 ? "{\"code\":\"NO_SUCH_DAY\"}" : answers[asked - 1];
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status[asked - 1], body.length);
            exchange.getResponseBody().write(body);
          }
        });
    http.start();
    try {
      String url = "http://127.0.0.1:" + http.getAddress().getPort() + "?group_number=1";
      assertThatThrownBy(() -> ingest(database, url))
          .isInstanceOf(PipelineException.class)
          .hasMessageEndingWith(
              "&day=3: row 1: 2 values (expected: 7, the columns of alta.testing.Visit)");
      // The second day, which has no rows, waits for what is behind it.
      assertThat(query("SELECT batch_number FROM source_watermark")).containsExactly("1");

      status[2] = 500;
      assertThatThrownBy(() -> ingest(database, url))
          .isInstanceOf(PipelineException.class)
          .hasMessageContaining("&day=3: status 500, tried 5 times");
      assertThat(query("SELECT count(*) FROM raw_data")).containsExactly("1");

      status[2] = 200;
      answers[2] = String.format(day, 3, String.format(row, 2));
      assertThat(ingest(database, url).accepted()).isEqualTo(1);
      assertThat(query("SELECT batch_number FROM source_watermark")).containsExactly("3");
    } finally {
      http.stop(0);
    }
  }

  @Test
  void storesNoFutureDaysOfASourceThatNeverEnds() throws Exception {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            String day = query.substring(query.indexOf("day=") + 4);
            String row = day.equals("1") ? "[1,7,\"surgery\",1.5,0,\"428\",\"no\"]" : "";
            byte[] body =
                ("{\"group_number\":1,\"day\":"
                        + day
                        + ",\"batch_number\":1,\"data\":["
                        + row
                        + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    http.start();
    try {
      String url = "http://127.0.0.1:" + http.getAddress().getPort() + "?group_number=1";
      assertThatThrownBy(() -> ingest(database, url))
          .isInstanceOf(PipelineException.class)
          .hasMessageContaining("&day=33: 32 days without rows (expected: status 404");
      assertThat(query("SELECT batch_number FROM ingest_batch")).containsExactly("1");
    } finally {
      http.stop(0);
    }
  }

  @Test
  void feedsPrepareLikeAFile() throws Exception {
    Path file = VisitFile.write(folder.resolve("visits.csv"), VisitFile.rows(300));
    try (SourceServer server = serve(file, 0, RowForm.LISTS)) {
      ingest(database, server.url().toString());
    }
    assertThat(
            Prepare.run(PrepareSettings.of(database), CONTRACT, Progress.UNWATCHED)
                .generation()
                .rowsRead())
        .isEqualTo(300);
  }

  @Test
  void refusesAGroupThatTheSourceDoesNotHave() throws Exception {
    Path file = VisitFile.write(folder.resolve("visits.csv"), VisitFile.rows(20));
    try (SourceServer server = serve(file, 0, RowForm.LISTS)) {
      String url = server.url().toString().replace("group_number=1", "group_number=2");
      assertThatThrownBy(() -> Ingest.requireReadable(url, Optional.empty(), CONTRACT))
          .isInstanceOf(PipelineException.class)
          .hasMessage(url + "&day=1: status 404, group_number: 2 (expected: at most 1)");
    }
  }

  private static SourceServer serve(Path file, int port, RowForm form) {
    return SourceServer.start(
        new SourceSettings(file, Listen.onLoopback(port), 100, 1, form), CONTRACT);
  }

  private static int port(SourceServer server) {
    return URI.create(server.url().base()).getPort();
  }

  private static IngestResult ingest(DatabaseSettings database, String data) {
    return Ingest.run(
        IngestSettings.of(database, data).withBatchRows(100), CONTRACT, Progress.UNWATCHED);
  }

  private List<String> watermark() throws Exception {
    return query("SELECT source, batch_number FROM source_watermark");
  }

  private List<String> query(String sql) throws Exception {
    return TestDatabase.query(database, sql);
  }
}
