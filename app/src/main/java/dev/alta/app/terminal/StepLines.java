package dev.alta.app.terminal;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Plain lines, one when the step begins and then one every few seconds at most. */
final class StepLines implements StepDisplay {
  private static final long BETWEEN_NANOS = 3_000_000_000L;

  private final PrintWriter out;
  private final String name;
  private final LongSupplier nanos;
  private long last;

  StepLines(PrintWriter out, String name, LongSupplier nanos) {
    this.out = out;
    this.name = name;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
    out.println("  " + name + " …");
  }

  @Override
  public synchronized void at(String unit, long done, long total) {
    long now = nanos.getAsLong();
    if (now - last < BETWEEN_NANOS) {
      return;
    }
    last = now;
    out.println(
        total > 0
            ? String.format(Locale.ROOT, "  %s … %,d of %,d %s", name, done, total, unit)
            : String.format(Locale.ROOT, "  %s … %,d %s", name, done, unit));
  }

  @Override
  public void close() {
    // What came of the step is the terminal's to say.
  }
}
