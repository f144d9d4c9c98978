package dev.alta.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meters in Prometheus' text form, or OpenMetrics where the scraper asks for it. */
final class MetricsPage extends AbstractHttpService {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry metrics;

  MetricsPage(PrometheusMeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  protected HttpResponse doGet(ServiceRequestContext ctx, HttpRequest request) {
    String accepted = request.headers().get(HttpHeaderNames.ACCEPT, "");
    String type = accepted.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    return HttpResponse.of(HttpStatus.OK, MediaType.parse(type), metrics.scrape(type));
  }
}
