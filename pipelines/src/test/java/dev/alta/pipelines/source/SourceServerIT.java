package dev.alta.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.VisitFile;
import dev.alta.testing.Visit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceServerIT {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path folder;

  @Test
  void servesTheRowsOfADayInEitherForm() throws Exception {
    Path file = write(List.of("1,7,n/a,1.5,,\"42,8\",no", "2,7,surgery,1.5,0,428,no"));
    try (SourceServer server = serve(file, 1, 1)) {
      assertThat(get(server, "/data?group_number=1&day=1").body())
          .isEqualTo(
              "{\"group_number\":1,\"day\":1,\"batch_number\":1,\"columns\":[\"visit_id\","
                  + "\"Person-No\",\"ward\",\"creatinine\",\"falls\",\"cause\",\"came_back\"],"
                  + "\"data\":[[\"1\",\"7\",\"n/a\",\"1.5\",\"\",\"42,8\",\"no\"]]}");
      assertThat(get(server, "/data/?group_number=1&day=2&rows=objects").body())
          .isEqualTo(
              "{\"group_number\":1,\"day\":2,\"batch_number\":2,\"data\":[{\"visit_id\":\"2\","
                  + "\"Person-No\":\"7\",\"ward\":\"surgery\",\"creatinine\":\"1.5\","
                  + "\"falls\":\"0\",\"cause\":\"428\",\"came_back\":\"no\"}]}");
      assertThat(server.words())
          .isEqualTo("2 rows, 2 days in 1 group; try: curl -s '" + server.url() + "&day=1'");
    }
  }

  @Test
  void dealsBatchesOutToGroups() throws Exception {
    try (SourceServer server = serve(write(VisitFile.rows(50)), 10, 2)) {
      assertThat(get(server, "/data?group_number=1&day=3").body()).contains("\"batch_number\":5,");
      assertThat(get(server, "/data?group_number=2&day=2").body())
          .contains("\"batch_number\":4,", "[\"31\",")
          .doesNotContain("[\"30\",", "[\"41\",");
      assertThat(get(server, "/data?group_number=2&day=3").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void saysWhichParametersAreWrong() throws Exception {
    try (SourceServer server = serve(write(VisitFile.rows(20)), 10, 1)) {
      HttpResponse<String> bad = get(server, "/data?day=x&rows=table&page=1&day=2");
      assertThat(bad.statusCode()).isEqualTo(400);
      assertThat(bad.body())
          .contains("\"code\":\"PARAMETERS\"")
          .contains("group_number: missing (expected: a whole number from 1 on)")
          .contains("day: twice", "page: unknown")
          .contains("rows: table (expected: lists or objects)");
      for (String day : List.of("0", "-1", "1.5", "99999999999", "", "%zz")) {
        assertThat(status(server, "/data?group_number=1&day=" + day)).as(day).isEqualTo(400);
      }
      assertThat(status(server, "/data")).isEqualTo(400);
      assertThat(status(server, "/other")).isEqualTo(404);
    }
  }

  @Test
  void tellsADayFromAGroupThatIsNotThere() throws Exception {
    try (SourceServer server = serve(write(VisitFile.rows(20)), 10, 1)) {
      HttpResponse<String> day = get(server, "/data?group_number=1&day=3");
      assertThat(day.statusCode()).isEqualTo(404);
      assertThat(day.body())
          .isEqualTo(
              "{\"code\":\"NO_SUCH_DAY\",\"message\":\"day: 3 of group 1 (expected: at most 2)\","
                  + "\"group_number\":1,\"day\":3,\"last_day\":2}");
      HttpResponse<String> group = get(server, "/data?group_number=2&day=1");
      assertThat(group.statusCode()).isEqualTo(404);
      assertThat(group.body()).contains("\"code\":\"NO_SUCH_GROUP\"");
    }
  }

  @Test
  void answersGetOnly() throws Exception {
    try (SourceServer server = serve(write(VisitFile.rows(20)), 10, 1)) {
      HttpRequest post =
          HttpRequest.newBuilder(server.url().of(1))
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }
  }

  @Test
  void answersAnErrorOnceItsFileHasChanged() throws Exception {
    Path file = write(VisitFile.rows(20));
    try (SourceServer server = serve(file, 10, 1)) {
      Files.writeString(file, Files.readString(file).replace("surgery", "SURGERY"));
      assertThat(status(server, "/data?group_number=1&day=1")).isEqualTo(500);
      Files.writeString(file, "");
      assertThat(status(server, "/data?group_number=1&day=1")).isEqualTo(500);
    }
  }

  @Test
  void refusesAFileWithRowsThatItCouldNotServe() throws IOException {
    Path file = write(List.of("1,7,surgery,1.5,0,428,no", "2,7"));
    assertThatThrownBy(() -> serve(file, 10, 1).close())
        .isInstanceOf(PipelineException.class)
        .hasMessageEndingWith("line 3: 2 cells (expected: 7 cells, as in the header)");
  }

  @Test
  void refusesAPortThatIsTaken() throws IOException {
    Path file = write(VisitFile.rows(20));
    try (SourceServer server = serve(file, 10, 1)) {
      int port = URI.create(server.url().base()).getPort();
      assertThatThrownBy(
              () ->
                  SourceServer.start(
                          new SourceSettings(file, Listen.onLoopback(port), 10, 1, RowForm.LISTS),
                          CONTRACT)
                      .close())
          .isInstanceOf(CannotStartException.class)
          .hasMessageStartingWith("source port " + port);
    }
  }

  private Path write(List<String> rows) throws IOException {
    return VisitFile.write(folder.resolve("visits.csv"), rows);
  }

  private static SourceServer serve(Path file, int rowsPerBatch, int groups) {
    return SourceServer.start(
        new SourceSettings(file, Listen.onLoopback(0), rowsPerBatch, groups, RowForm.LISTS),
        CONTRACT);
  }

  private int status(SourceServer server, String path) throws Exception {
    return get(server, path).statusCode();
  }

  private HttpResponse<String> get(SourceServer server, String path) throws Exception {
    // URI.create refuses %zz, which a careless client still sends: written as %25zz it stays no
    // number.
    URI uri = URI.create(server.url().base() + path.replace("%zz", "%25zz"));
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
