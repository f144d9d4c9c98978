package dev.alta.load.command;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The machine that asks, in words. */
final class Machine {
  private Machine() {}

  static String words() {
    return Runtime.getRuntime().availableProcessors()
        + " cores, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", Java "
        + System.getProperty("java.version");
  }

  /** How busy it is before the test; other work on it is in the figures. */
  static String busy() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? "" : String.format(Locale.ROOT, ", load before: %.1f", load);
  }
}
