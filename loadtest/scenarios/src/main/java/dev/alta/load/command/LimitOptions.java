package dev.alta.load.command;

import dev.alta.load.report.Thresholds;
import dev.alta.load.scenario.Scenario;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** What a run must reach. */
final class LimitOptions {
  @Option(
      names = "--max-errors",
      paramLabel = "SHARE",
      description = "Share of requests that may fail (0; of a stress: any).")
  private Optional<Double> maxErrors = Optional.empty();

  @Option(
      names = "--max-p99",
      paramLabel = "MS",
      description = "Longest p99, from when requests were due.")
  private Optional<Double> maxP99 = Optional.empty();

  @Option(
      names = "--min-throughput",
      paramLabel = "N",
      description = "Fewest requests answered a second.")
  private Optional<Double> minThroughput = Optional.empty();

  @Option(
      names = "--max-slower",
      paramLabel = "RATIO",
      description = "With --compare: p99 and throughput may be so many times worse.")
  private Optional<Double> maxSlower = Optional.empty();

  @Option(
      names = "--break-p99",
      paramLabel = "MS",
      defaultValue = "500",
      description = "A step of the rate holds up to this p99 (${DEFAULT-VALUE}).")
  private double breakP99;

  @Option(
      names = "--break-errors",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "A step of the rate holds up to this share of errors (${DEFAULT-VALUE}).")
  private double breakErrors;

  /**
   * The limits.
   *
   * @throws IllegalArgumentException naming the flag, its value and what was expected
   */
  Thresholds thresholds(Scenario scenario) {
    share("--max-errors", maxErrors.orElse(0.0));
    share("--break-errors", breakErrors);
    positive("--break-p99", breakP99);
    maxP99.ifPresent(value -> positive("--max-p99", value));
    minThroughput.ifPresent(value -> positive("--min-throughput", value));
    maxSlower.ifPresent(value -> positive("--max-slower", value));
    OptionalDouble usual =
        scenario == Scenario.STRESS ? OptionalDouble.empty() : OptionalDouble.of(0);
    return new Thresholds(
        maxErrors.map(OptionalDouble::of).orElse(usual),
        optional(maxP99),
        optional(minThroughput),
        optional(maxSlower));
  }

  double breakP99() {
    return breakP99;
  }

  double breakErrors() {
    return breakErrors;
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static void share(String flag, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(flag + ": " + value + " (expected: from 0 to 1)");
    }
  }

  private static void positive(String flag, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(flag + ": " + value + " (expected: > 0)");
    }
  }
}
