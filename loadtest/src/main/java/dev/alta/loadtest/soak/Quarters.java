package dev.alta.loadtest.soak;

import dev.alta.load.record.Interval;
import dev.alta.load.record.Samples.Sample;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of the requests, by the quarter in which they were due; once all of them, and once
 * those alone during which no model was trained or swapped. Safe for use by several threads until
 * it is read.
 */
final class Quarters {
  private final List<Interval> all;
  private final List<Interval> quiet;
  private final long nanosOfOne;

  Quarters(long nanosOfOne) {
    this.nanosOfOne = nanosOfOne;
    this.all = empty();
    this.quiet = empty();
  }

  private List<Interval> empty() {
    return IntStream.range(0, SoakSettings.QUARTERS)
        .mapToObj(i -> new Interval(i * nanosOfOne / 1_000_000, nanosOfOne / 1_000_000))
        .toList();
  }

  /**
   * Notes a request.
   *
   * @param sample times as of the beginning of the load, in nanoseconds
   */
  synchronized void add(Sample sample, boolean isQuiet) {
    int quarter = (int) Math.min(SoakSettings.QUARTERS - 1, sample.due() / nanosOfOne);
    all.get(quarter).add(sample);
    if (isQuiet) {
      quiet.get(quarter).add(sample);
    }
  }

  List<Interval> all() {
    return all;
  }

  List<Interval> quiet() {
    return quiet;
  }

  long requests() {
    return all.stream().mapToLong(Interval::requests).sum();
  }

  long failed() {
    return all.stream().mapToLong(Interval::errors).sum();
  }

  long answered() {
    return all.stream().mapToLong(Interval::answered).sum();
  }
}
