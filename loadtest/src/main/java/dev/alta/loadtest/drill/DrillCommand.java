package dev.alta.loadtest.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Runs drills one after the other and prints one table. */
public final class DrillCommand {
  private static final int BROKEN = 1;
  private static final int USAGE = 2;
  private static final String HOW = "loadtest/drill NAME… [--times N] [--seed N] | list";

  private final Path folder;
  private final List<Drills.Named> drills = new ArrayList<>();
  private OptionalInt times = OptionalInt.empty();
  private long seed = System.nanoTime();

  private DrillCommand(String[] arguments) {
    this.folder = Path.of(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--times" -> times = OptionalInt.of((int) number(arguments, ++i, 1, 1_000_000));
        case "--seed" -> seed = number(arguments, ++i, Long.MIN_VALUE, Long.MAX_VALUE);
        default -> drills.add(Drills.of(arguments[i]));
      }
    }
    if (drills.isEmpty()) {
      throw new IllegalArgumentException("no drill (expected: " + HOW + ")");
    }
  }

  /** Arguments: an empty folder, then those of {@code loadtest/drill}. */
  public static void main(String[] arguments) {
    if (List.of(arguments).contains("list")) {
      for (Drills.Named drill : Drills.ALL) {
        System.out.printf("%-16s %s (%d times)%n", drill.name(), drill.about(), drill.times());
      }
      return;
    }
    DrillCommand command;
    try {
      command = new DrillCommand(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println("loadtest/drill: " + wrong.getMessage());
      System.exit(USAGE);
      return;
    }
    // Servers in this process would keep it alive.
    System.exit(command.run());
  }

  private static long number(String[] arguments, int i, long least, long most) {
    String given = i < arguments.length ? arguments[i] : "nothing";
    try {
      long number = Long.parseLong(given);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new IllegalArgumentException(
        arguments[i - 1] + ": " + given + " (expected: a whole number from " + least + " on)");
  }

  /** Gives the exit code. */
  private int run() {
    List<String> table = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (Drills.Named drill : drills) {
      Drilled drilled =
          new Drilled(
              drill.name(), folder.resolve(drill.name()), times.orElse(drill.times()), seed);
      drilled.say("%s, %d times, --seed %d", drill.about(), drilled.times(), seed);
      try {
        Files.createDirectories(drilled.folder());
        drill.drill().get().run(drilled);
      } catch (Exception | AssertionError failed) {
        failed.printStackTrace();
        broken.add(drill.name() + ": did not come to its end: " + failed);
      }
      table.addAll(drilled.table());
      broken.addAll(drilled.broken());
    }
    System.out.println("| drill | what | figure |\n|---|---|---|");
    table.forEach(System.out::println);
    broken.forEach(System.err::println);
    return broken.isEmpty() ? 0 : BROKEN;
  }
}
