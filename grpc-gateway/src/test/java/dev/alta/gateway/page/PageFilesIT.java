package dev.alta.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PageFilesIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Path FOLDER = Path.of("src/main/resources/dev/alta/gateway/page");
  // import … from './x.js', import('./x.js'), src="page/x", href="page/x"; names made at run time
  // are asked for in the browser test.
  private static final Pattern REFERENCE =
      Pattern.compile("(?:from|import\\() ?'(\\.[^'$]+)'|(?:src|href)=\"(page/[^\"]+)\"");

  private static Server server;

  @BeforeAll
  static void start() {
    var builder = Server.builder().http(0);
    new Page().addTo(builder);
    server = builder.build();
    server.start().join();
  }

  @AfterAll
  static void stop() {
    server.stop().join();
  }

  @Test
  void everyFileIsServedWithItsTypeAndItsContent() throws Exception {
    for (Path file : files()) {
      HttpResponse<byte[]> response = get("/page/" + FOLDER.relativize(file));

      assertThat(response.statusCode()).as(file.toString()).isEqualTo(200);
      assertThat(response.body()).as(file.toString()).isEqualTo(Files.readAllBytes(file));
      assertThat(response.headers().firstValue("content-type").orElseThrow())
          .as(file.toString())
          .matches("(text/(javascript|css|html); charset=utf-8|image/svg\\+xml.*)");
      assertThat(response.headers().firstValue("content-security-policy").orElseThrow())
          .startsWith("default-src 'none'")
          .doesNotContain("unsafe");
    }
  }

  @Test
  void everyFileThatAnotherOneNamesIsThere() throws Exception {
    List<String> missing = new ArrayList<>();
    int references = 0;
    for (Path file : files()) {
      Matcher found = REFERENCE.matcher(Files.readString(file));
      while (found.find()) {
        references++;
        Path named =
            found.group(1) == null
                ? FOLDER.resolve(found.group(2).substring("page/".length()))
                : file.resolveSibling(found.group(1)).normalize();
        if (!Files.exists(named)) {
          missing.add(file + " names " + named);
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(references).isGreaterThan(20);
  }

  @Test
  void everyTextIsThereInBothLanguages() throws Exception {
    for (Path english : files()) {
      if (FOLDER.relativize(english).startsWith("i18n/en")) {
        Path spanish = FOLDER.resolve("i18n/es").resolve(english.getFileName());
        assertThat(keys(spanish)).as(spanish.toString()).isEqualTo(keys(english)).isNotEmpty();
      }
    }
  }

  @Test
  void allOfThePageTogetherStaysBelow300Kilobytes() throws Exception {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThan(300_000);
  }

  @Test
  void aBrowserThatHasAFileIsToldSo() throws Exception {
    HttpResponse<byte[]> first = get("/page/app.js");
    String tag = first.headers().firstValue("etag").orElseThrow();

    HttpResponse<byte[]> again = get("/page/app.js", "If-None-Match", tag);
    HttpResponse<byte[]> other = get("/page/app.js", "If-None-Match", "\"of another release\"");

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("cache-control")).contains("no-cache");
  }

  @Test
  void compressesForWhoeverTakesIt() throws Exception {
    HttpResponse<byte[]> plain = get("/page/app.js");
    HttpResponse<byte[]> small = get("/page/app.js", "Accept-Encoding", "gzip, br");

    assertThat(small.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    assertThat(small.body()).hasSizeLessThan(plain.body().length / 2);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(small.headers().firstValue("etag")).isNotEqualTo(plain.headers().firstValue("etag"));
    assertThat(get("/page/app.js", "Accept-Encoding", "gzip;q=0").body()).isEqualTo(plain.body());
  }

  @Test
  void servesNothingThatIsNoFileOfThePage() throws Exception {
    for (String path :
        List.of(
            "/page/Page.class",
            "/page/none.js",
            "/page/",
            "/page/views",
            "/page/..%2fjson%2fProblem.class",
            "/page/%2e%2e/page/app.js",
            "/page/.app.js")) {
      assertThat(get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void answersAHeadWithoutABodyAndRefusesWhatWouldWrite() throws Exception {
    assertThat(send(request("/page/app.js").method("HEAD", noBody())).body()).isEmpty();
    assertThat(send(request("/page/app.js").method("HEAD", noBody())).statusCode()).isEqualTo(200);
    assertThat(send(request("/page/app.js").method("DELETE", noBody())).statusCode())
        .isEqualTo(HttpStatus.METHOD_NOT_ALLOWED.code());
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<String> keys(Path texts) throws IOException {
    return Pattern.compile("^  '([^']+)':", Pattern.MULTILINE)
        .matcher(Files.readString(texts))
        .results()
        .map(found -> found.group(1))
        .sorted()
        .toList();
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.activeLocalPort() + path));
  }
}
