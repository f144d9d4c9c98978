package dev.alta.load.record;

import dev.alta.load.scenario.Schedule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A load as histograms, interval by interval. A request belongs to the interval in which it was
 * due.
 */
public final class Recording {
  /** The status of an answer as it should be. */
  public static final String OK = "OK";

  // Tags of the log; no status is written so.
  private static final String SERVICE = "service";
  private static final String ENDED = "ended";
  private static final int MOST_INTERVALS = 120;

  private final List<Interval> intervals;

  private Recording(List<Interval> intervals) {
    this.intervals = intervals;
  }

  /** Sorts samples into intervals of whole seconds, none of which lies in two steps. */
  public static Recording of(Samples samples, Schedule schedule) {
    int seconds = (schedule.seconds() + MOST_INTERVALS - 1) / MOST_INTERVALS;
    long millis =
        1_000L * (schedule.stepSeconds() % seconds == 0 ? seconds : schedule.stepSeconds());
    int count = (int) ((1_000L * schedule.seconds() + millis - 1) / millis);
    Recording recording = new Recording(new ArrayList<>());
    long start = samples.start() / 1_000_000;
    // Empty ones included: where nothing was due, nothing was answered.
    recording.reach(count - 1, start, millis);
    for (Samples.Sample sample : samples.all()) {
      long due = (sample.due() - samples.start()) / 1_000_000 / millis;
      recording.intervals.get((int) Math.max(0, Math.min(count - 1, due))).add(sample);
      if (sample.status().equals(OK)) {
        int end = (int) Math.max(0, (sample.ended() - samples.start()) / 1_000_000 / millis);
        recording.reach(end, start, millis).addEnded(sample);
      }
    }
    return recording;
  }

  /** The interval of a number; all up to it are made. */
  private Interval reach(int number, long start, long millis) {
    while (intervals.size() <= number) {
      intervals.add(new Interval(start + intervals.size() * millis, millis));
    }
    return intervals.get(number);
  }

  /**
   * The sum of what several clients recorded at the same time; interval by interval, and those of
   * one client follow each other, so that clocks need not agree better than to an interval.
   *
   * @throws IllegalArgumentException if they have intervals of different lengths
   */
  public static Recording sum(List<Recording> parts) {
    int count = parts.stream().mapToInt(part -> part.intervals.size()).max().orElse(0);
    List<Interval> sum = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Interval all = null;
      for (Recording part : parts) {
        if (i < part.intervals.size()) {
          Interval one = part.intervals.get(i);
          all = all == null ? new Interval(one.start(), one.millis()) : all;
          if (all.millis() != one.millis()) {
            throw new IllegalArgumentException(
                "intervals of " + one.millis() + " ms (expected: " + all.millis() + ")");
          }
          all.add(one);
        }
      }
      if (all != null) {
        sum.add(all);
      }
    }
    return new Recording(sum);
  }

  public List<Interval> intervals() {
    return List.copyOf(intervals);
  }

  /** All of it as one interval. */
  public Interval whole() {
    return whole(0, intervals.size());
  }

  /** The intervals from one, included, to another, not included, as one. */
  public Interval whole(int from, int to) {
    Interval whole =
        new Interval(
            intervals.isEmpty() ? 0 : intervals.get(from).start(),
            intervals.subList(from, to).stream().mapToLong(Interval::millis).sum());
    intervals.subList(from, to).forEach(whole::add);
    return whole;
  }

  /** Writes HdrHistogram's log: a line for each interval and status; tools for it can read it. */
  public void write(Path file) throws IOException {
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      HistogramLogWriter writer = new HistogramLogWriter(out);
      writer.outputLogFormatVersion();
      writer.outputComment(
          "[microseconds from when requests were due, by status; from their sending: service; by when they were answered: ended]");
      writer.outputLegend();
      for (Interval interval : intervals) {
        interval
            .responses()
            .forEach((status, histogram) -> write(writer, interval, status, histogram));
        write(writer, interval, SERVICE, interval.service());
        write(writer, interval, ENDED, interval.ended());
      }
      if (out.checkError()) {
        throw new IOException(file + ": cannot be written");
      }
    }
  }

  private static void write(
      HistogramLogWriter writer, Interval interval, String status, Histogram histogram) {
    Histogram tagged = histogram.copy();
    tagged.setTag(status);
    tagged.setStartTimeStamp(interval.start());
    tagged.setEndTimeStamp(interval.start() + interval.millis());
    writer.outputIntervalHistogram(
        interval.start() / 1e3, (interval.start() + interval.millis()) / 1e3, tagged, 1);
  }

  /** Reads what {@link #write} wrote. */
  public static Recording read(Path file) throws IOException {
    List<Interval> intervals = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(Files.newInputStream(file))) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        if (!(next instanceof Histogram histogram) || histogram.getTag() == null) {
          throw new IOException(file + ": a line that no load test wrote (expected: Tag=…)");
        }
        add(intervals, histogram);
      }
    }
    return new Recording(intervals);
  }

  private static void add(List<Interval> intervals, Histogram histogram) {
    long start = histogram.getStartTimeStamp();
    Interval last = intervals.isEmpty() ? null : intervals.get(intervals.size() - 1);
    if (last == null || last.start() != start) {
      last = new Interval(start, histogram.getEndTimeStamp() - start);
      intervals.add(last);
    }
    switch (histogram.getTag()) {
      case SERVICE -> last.service().add(histogram);
      case ENDED -> last.ended().add(histogram);
      default -> last.add(histogram.getTag(), histogram);
    }
  }
}
