package dev.alta.gateway.docs;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.file.HttpFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/** The page at {@code /docs} and its files. */
public final class Docs {
  private static final String OWN = "dev/alta/gateway/docs/";
  private static final String JAR = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final String LIBRARY = "META-INF/resources/webjars/swagger-ui/";
  // Swagger UI's style sheet has pictures written into it, and it sets styles one by one.
  private static final HttpHeaders HEADERS =
      HttpHeaders.of(
          HttpHeaderNames.CONTENT_SECURITY_POLICY,
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          HttpHeaderNames.X_CONTENT_TYPE_OPTIONS,
          "nosniff",
          HttpHeaderNames.REFERRER_POLICY,
          "no-referrer",
          HttpHeaderNames.CACHE_CONTROL,
          "no-cache");
  private static final byte[] PAGE = read(OWN + "docs.html");

  private Docs() {}

  /** The page itself. */
  public static HttpResponse page() {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.HTML_UTF_8)
            .add(HEADERS)
            .build(),
        HttpData.wrap(PAGE));
  }

  /** Adds the files that the page asks for. */
  public static void addTo(ServerBuilder server) {
    String library = LIBRARY + version() + "/";
    List.of("swagger-ui.css", "swagger-ui-bundle.js")
        .forEach(name -> server.service(route(name), file(library + name)));
    List.of("docs.js", "docs.css").forEach(name -> server.service(route(name), file(OWN + name)));
  }

  private static Route route(String name) {
    return Route.builder().path("/docs/" + name).methods(HttpMethod.GET, HttpMethod.HEAD).build();
  }

  private static HttpService file(String path) {
    return HttpFile.builder(loader(), path).setHeaders(HEADERS).build().asService();
  }

  /** The version of Swagger UI that is on the class path; it is part of its files' names. */
  private static String version() {
    Properties jar = new Properties();
    try {
      jar.load(new ByteArrayInputStream(read(JAR)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
    return jar.getProperty("version", "");
  }

  private static byte[] read(String path) {
    try (InputStream file = loader().getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException(path + ": not on the class path");
      }
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(path, unreadable);
    }
  }

  private static ClassLoader loader() {
    return Docs.class.getClassLoader();
  }
}
