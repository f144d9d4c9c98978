package dev.alta.loadtest.drill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What a drill is given, and what it says. Safe for use by several threads. */
final class Drilled {
  private final String name;
  private final Path folder;
  private final int times;
  private final Random random;
  private final Map<String, Long> invariants = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  /**
   * For one run.
   *
   * @param folder empty
   */
  Drilled(String name, Path folder, int times, long seed) {
    this.name = name;
    this.folder = folder;
    this.times = times;
    this.random = new Random(seed);
  }

  /** An empty folder, thrown away when all went well. */
  Path folder() {
    return folder;
  }

  /** How often it shall do what it does. */
  int times() {
    return times;
  }

  /** All chance in the drill. */
  Random random() {
    return random;
  }

  /** Something that was done or seen; said again under the same name, it is added up. */
  synchronized void count(String what, long n) {
    counts.merge(what, n, Long::sum);
  }

  /** Something of which the highest figure is told. */
  synchronized void highest(String what, long n) {
    counts.merge(what, n, Math::max);
  }

  /**
   * Something that is promised; said again under the same name, it is added up.
   *
   * @param broken how often it was not kept
   */
  synchronized void invariant(String what, long broken) {
    invariants.merge(what, broken, Long::sum);
  }

  /** How far it is, for whoever watches. */
  void say(String format, Object... arguments) {
    System.err.println(name + ": " + String.format(Locale.ROOT, format, arguments));
  }

  /** Lines of a Markdown table: what is promised, then what was counted. */
  synchronized List<String> table() {
    List<String> lines = new ArrayList<>();
    invariants.forEach((what, n) -> lines.add(line("**" + what + "**", n)));
    counts.forEach((what, n) -> lines.add(line(what, n)));
    return lines;
  }

  private String line(String what, long figure) {
    return String.format(Locale.ROOT, "| %s | %s | %,d |", name, what, figure);
  }

  /** What was promised and not kept, a line each. */
  synchronized List<String> broken() {
    return invariants.entrySet().stream()
        .filter(one -> one.getValue() != 0)
        .map(one -> name + ": " + one.getKey() + ": " + one.getValue() + " (expected: 0)")
        .toList();
  }
}
