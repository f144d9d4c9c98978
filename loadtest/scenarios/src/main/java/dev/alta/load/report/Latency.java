package dev.alta.load.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies in milliseconds.
 *
 * @param percentiles by their names, such as p99
 */
public record Latency(
    long count, double min, double mean, Map<String, Double> percentiles, double max) {
  private static final double MICROS = 1e3;
  private static final Map<String, Double> WANTED = wanted();

  private static Map<String, Double> wanted() {
    Map<String, Double> wanted = new LinkedHashMap<>();
    wanted.put("p50", 50.0);
    wanted.put("p90", 90.0);
    wanted.put("p95", 95.0);
    wanted.put("p99", 99.0);
    wanted.put("p99.9", 99.9);
    return wanted;
  }

  static Latency of(Histogram micros) {
    Map<String, Double> percentiles = new LinkedHashMap<>();
    boolean none = micros.getTotalCount() == 0;
    WANTED.forEach(
        (name, percent) ->
            percentiles.put(name, none ? 0 : micros.getValueAtPercentile(percent) / MICROS));
    return new Latency(
        micros.getTotalCount(),
        none ? 0 : micros.getMinValue() / MICROS,
        none ? 0 : micros.getMean() / MICROS,
        percentiles,
        micros.getMaxValue() / MICROS);
  }

  public double p(String name) {
    return percentiles.getOrDefault(name, 0.0);
  }
}
