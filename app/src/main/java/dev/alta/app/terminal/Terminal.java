package dev.alta.app.terminal;

import dev.alta.core.progress.Progress;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Shows the steps of a command: a bar for each on a terminal, plain lines anywhere else. */
public final class Terminal {
  /** A step. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Progress progress) throws Exception;
  }

  private final PrintWriter out;
  private final boolean interactive;
  private final LongSupplier nanos;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /**
   * @param interactive whether lines can be drawn over
   * @param nanos a clock such as {@link System#nanoTime}
   */
  public Terminal(PrintWriter out, boolean interactive, LongSupplier nanos) {
    this.out = out;
    this.interactive = interactive;
    this.nanos = nanos;
  }

  /** Prints a line. */
  public void line(String text) {
    out.println(text);
  }

  /**
   * Runs a step and says what came of it.
   *
   * @param name one or two words
   * @param outcome what to say of the result, in a few words
   */
  public <T> T step(String name, Work<T> work, Function<T, String> outcome) throws Exception {
    long start = nanos.getAsLong();
    T result;
    try (StepDisplay display =
        interactive ? new StepBar(out, name) : new StepLines(out, name, nanos)) {
      result = work.run(display);
    }
    double took = (nanos.getAsLong() - start) / 1e9;
    seconds.put(name, took);
    line(String.format(Locale.ROOT, "  %-22s %6.1f s  %s", name, took, outcome.apply(result)));
    return result;
  }

  /** How long each step took, in seconds, in their order. */
  public Map<String, Double> seconds() {
    return seconds;
  }
}
