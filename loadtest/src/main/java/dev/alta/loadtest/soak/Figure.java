package dev.alta.loadtest.soak;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a process takes, quarter by quarter. */
enum Figure {
  /** At the end of each quarter, without garbage. */
  HEAP("heap in use after GC", 1L << 20, "MiB", 0),
  /** Medians, as the others. */
  RESIDENT("resident memory", 1L << 10, "MiB", 0),
  /** The JVM's compilers come and go. */
  THREADS("threads", 1, "", 2),
  /** Connections come and go; fewer than swaps, each of which could leave one behind. */
  HANDLES("file handles", 1, "", 5);

  private final String title;
  private final double unit;
  private final String unitName;
  private final double comesAndGoes;

  Figure(String title, double unit, String unitName, double comesAndGoes) {
    this.title = title;
    this.unit = unit;
    this.unitName = unitName;
    this.comesAndGoes = comesAndGoes;
  }

  static Map<Figure, List<Long>> of(Watch watch, Watched process) {
    Map<Figure, List<Long>> figures = new EnumMap<>(Figure.class);
    figures.put(HEAP, watch.heaps(process));
    figures.put(RESIDENT, watch.medians(process, Watched.Reading::rssKib));
    figures.put(THREADS, watch.medians(process, Watched.Reading::threads));
    figures.put(HANDLES, watch.medians(process, Watched.Reading::handles));
    return figures;
  }

  String title() {
    return unitName.isEmpty() ? title : title + ", " + unitName;
  }

  /** What may be there at a moment more than at another, in the unit that is shown. */
  double comesAndGoes() {
    return comesAndGoes;
  }

  /** As people read it. */
  double shown(long value) {
    return value / unit;
  }
}
