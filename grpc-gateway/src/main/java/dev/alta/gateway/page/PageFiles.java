package dev.alta.gateway.page;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of the class path, read once and compressed once. A browser asks each time whether what
 * it has is still right, so that after an upgrade no old file works with a new one.
 */
final class PageFiles implements HttpService {
  private static final Logger log = LoggerFactory.getLogger(PageFiles.class);
  // No "..", nothing hidden, nothing that is no file of a page.
  private static final Pattern NAME = Pattern.compile("([a-z0-9-]+/)*[a-z0-9-]+\\.[a-z]+");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final String folder;
  private final ClassLoader loader = PageFiles.class.getClassLoader();
  private final Map<String, PageFile> files = new ConcurrentHashMap<>();

  /**
   * @param folder ends with a slash
   */
  PageFiles(String folder) {
    this.folder = folder;
  }

  /** Answers with the file that the rest of the path names. */
  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    return answer(request, ctx.mappedPath().substring(1));
  }

  HttpResponse answer(HttpRequest request, String name) {
    PageFile file = NAME.matcher(name).matches() ? find(name) : null;
    if (file == null) {
      // The page asks for its own files only, so this is a mistake of ours or a file of another
      // release.
      log.warn("there is no file of the page by the name {}", name.replaceAll("[^ -~]", "?"));
      throw HttpStatusException.of(HttpStatus.NOT_FOUND);
    }
    boolean gzip = takesGzip(request);
    String tag = '"' + file.tag() + (gzip ? "-gzip" : "") + '"';
    ResponseHeadersBuilder headers = headers(tag);
    if (request.headers().get(HttpHeaderNames.IF_NONE_MATCH, "").contains(tag)) {
      return HttpResponse.of(headers.status(HttpStatus.NOT_MODIFIED).build());
    }
    if (gzip) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }
    headers.contentType(file.type());
    return HttpResponse.of(headers.build(), gzip ? file.gzipped() : file.plain());
  }

  private static boolean takesGzip(HttpRequest request) {
    String accepted = request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, "");
    return accepted.contains("gzip") && !accepted.contains("gzip;q=0");
  }

  /** Only what is there is kept, so nobody can fill the memory with names. */
  private @Nullable PageFile find(String name) {
    PageFile known = files.get(name);
    if (known != null) {
      return known;
    }
    PageFile read = PageFile.read(loader, folder + name);
    if (read != null) {
      files.put(name, read);
    }
    return read;
  }

  private static ResponseHeadersBuilder headers(String tag) {
    return ResponseHeaders.builder(HttpStatus.OK)
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
        .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .set(HttpHeaderNames.ETAG, tag)
        // The root answers browsers and programs differently.
        .set(HttpHeaderNames.VARY, "accept, accept-encoding");
  }
}
