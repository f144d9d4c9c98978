package dev.alta.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The meters in Prometheus' text form: all of them, or those of some names. */
final class MetricsPage {
  private static final List<String> ENDS = List.of("_total", "_count", "_sum", "_bucket", "_max");

  private final PrometheusMeterRegistry metrics;

  MetricsPage(PrometheusMeterRegistry metrics) {
    this.metrics = metrics;
  }

  /**
   * The text.
   *
   * @param type media type of the form
   * @param names of samples, as Prometheus' own clients have them; none: all
   */
  String text(String type, List<String> names) {
    return names.isEmpty() ? metrics.scrape(type) : metrics.scrape(type, families(names));
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
