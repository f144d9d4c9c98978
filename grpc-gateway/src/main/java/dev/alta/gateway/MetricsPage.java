package dev.alta.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The meters in Prometheus' text form, or OpenMetrics where the scraper asks for it. With the
 * parameter {@code name[]}, as Prometheus' own clients have it, only those of these names.
 */
final class MetricsPage extends AbstractHttpService {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final List<String> ENDS = List.of("_total", "_count", "_sum", "_bucket", "_max");

  private final PrometheusMeterRegistry metrics;

  MetricsPage(PrometheusMeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  protected HttpResponse doGet(ServiceRequestContext ctx, HttpRequest request) {
    String accepted = request.headers().get(HttpHeaderNames.ACCEPT, "");
    String type = accepted.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    List<String> names = ctx.queryParams().getAll("name[]");
    String page = names.isEmpty() ? metrics.scrape(type) : metrics.scrape(type, families(names));
    return HttpResponse.of(HttpStatus.OK, MediaType.parse(type), page);
  }

  /** The meters know themselves without the ends that their samples have. */
  private static Set<String> families(List<String> names) {
    Set<String> families = new HashSet<>(names);
    for (String name : names) {
      for (String end : ENDS) {
        if (name.endsWith(end)) {
          families.add(name.substring(0, name.length() - end.length()));
        }
      }
    }
    return families;
  }
}
