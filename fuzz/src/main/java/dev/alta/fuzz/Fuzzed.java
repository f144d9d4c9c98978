package dev.alta.fuzz;

import org.jspecify.annotations.Nullable;

/** Where Jazzer comes in: {@code --target_class=dev.alta.fuzz.Fuzzed --target_args=csv}. */
public final class Fuzzed {
  private static @Nullable Target target;

  private Fuzzed() {}

  /** What is loaded first takes its time, which is no input's fault. */
  public static void fuzzerInitialize(String[] arguments) throws Exception {
    Target chosen = Target.of(arguments[0]);
    for (byte[] seed : chosen.seeds()) {
      Expect.that(chosen.run(seed), "a seed that was refused");
    }
    target = chosen;
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    Target chosen = target;
    Expect.that(chosen != null, "no target");
    if (chosen != null) {
      boolean unused = chosen.run(input);
    }
  }
}
