package dev.alta.loadtest.scorer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One way to ask for many rows, round by round. */
final class ManyRounds {
  /** Asks for so many rows; says how many a second were answered. */
  @FunctionalInterface
  interface Way {
    double ask(int rows) throws InterruptedException;
  }

  private final Child server;
  private final Way way;
  private final double share;
  private final List<Double> perSecond = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();

  /**
   * Takes its parts.
   *
   * @param share of the rows that it asks for indeed
   */
  ManyRounds(Child server, Way way, double share) {
    this.server = server;
    this.way = way;
    this.share = share;
  }

  void run(int rows, boolean counts) throws IOException, InterruptedException {
    double before = server.cpuSeconds();
    double rate = way.ask(rows);
    if (counts) {
      perSecond.add(rate);
      cpu.add((server.cpuSeconds() - before) * 1e6 / (rows * share));
    }
  }

  /** Rows a second, the median of the rounds. */
  double perSecond() {
    return median(perSecond);
  }

  /** Microseconds of the server's CPU a row, the median of the rounds. */
  double cpu() {
    return median(cpu);
  }

  private static double median(List<Double> figures) {
    return Rounds.median(figures.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
