package dev.alta.loadtest.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Looks at processes every few seconds. Shortly before the end of each quarter it has all garbage
 * collected, so that what is left tells whether the heap grows.
 */
final class Watch implements AutoCloseable {
  private static final long SECONDS = 5;

  private record Seen(int quarter, Map<String, Watched.Reading> readings, long spool) {}

  private final List<Watched> processes;
  private final int spoolPort;
  private final Path folder;
  private final long nanosOfQuarter;
  private final Consumer<String> trouble;
  private final List<Seen> seen = new ArrayList<>();
  private final Map<Integer, Map<String, Long>> heaps = new LinkedHashMap<>();
  private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
  private final long start = System.nanoTime();

  /**
   * Begins.
   *
   * @param spoolPort where the scorer tells its metrics
   * @param folder for what programs say
   * @param trouble told what could not be read
   */
  Watch(
      List<Watched> processes,
      int spoolPort,
      Path folder,
      long nanosOfQuarter,
      Consumer<String> trouble) {
    this.processes = processes;
    this.spoolPort = spoolPort;
    this.folder = folder;
    this.nanosOfQuarter = nanosOfQuarter;
    this.trouble = trouble;
    var unused = looking.scheduleAtFixedRate(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void look() {
    try {
      long now = System.nanoTime() - start;
      int quarter = (int) (now / nanosOfQuarter);
      if (quarter >= SoakSettings.QUARTERS) {
        return;
      }
      Map<String, Watched.Reading> readings = new LinkedHashMap<>();
      for (Watched process : processes) {
        readings.put(process.name(), process.read());
      }
      seen.add(new Seen(quarter, readings, spool()));
      long left = (quarter + 1) * nanosOfQuarter - now;
      if (left < 2 * TimeUnit.SECONDS.toNanos(SECONDS) && !heaps.containsKey(quarter)) {
        heaps.put(quarter, collect());
      }
    } catch (IOException | RuntimeException failed) {
      trouble.accept("watching: " + failed);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has all garbage collected. */
  Map<String, Long> collect() throws IOException, InterruptedException {
    Map<String, Long> live = new LinkedHashMap<>();
    for (Watched process : processes) {
      live.put(process.name(), process.liveHeap(folder.resolve("jcmd.txt")));
    }
    return live;
  }

  private long spool() throws IOException, InterruptedException {
    return Scrape.of(spoolPort).sum("inference_log_spool_size_bytes", "");
  }

  /** Median of each quarter. */
  synchronized List<Long> medians(Watched process, ToLongFunction<Watched.Reading> figure) {
    return medians(
        one -> {
          Watched.Reading reading = one.readings().get(process.name());
          return reading == null ? 0 : figure.applyAsLong(reading);
        });
  }

  /** Bytes, median of each quarter. */
  synchronized List<Long> spools() {
    return medians(Seen::spool);
  }

  /** Bytes of the heap in use at the end of each quarter, without garbage. */
  synchronized List<Long> heaps(Watched process) {
    List<Long> ofOne = new ArrayList<>();
    for (int i = 0; i < SoakSettings.QUARTERS; i++) {
      ofOne.add(heaps.getOrDefault(i, Map.of()).getOrDefault(process.name(), 0L));
    }
    return ofOne;
  }

  private List<Long> medians(ToLongFunction<Seen> figure) {
    List<Long> medians = new ArrayList<>();
    for (int i = 0; i < SoakSettings.QUARTERS; i++) {
      int quarter = i;
      long[] sorted =
          seen.stream()
              .filter(one -> one.quarter() == quarter)
              .mapToLong(figure)
              .sorted()
              .toArray();
      medians.add(sorted.length == 0 ? 0 : sorted[sorted.length / 2]);
    }
    return medians;
  }

  /** Looks no more. */
  @Override
  public void close() {
    looking.shutdownNow();
  }
}
