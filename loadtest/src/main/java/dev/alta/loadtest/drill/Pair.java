package dev.alta.loadtest.drill;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Two commands that were started at once.
 *
 * @param done how many of them did what they were told
 * @param losers all that the others said
 */
record Pair(int done, List<String> losers) {
  private record End(boolean isDone, String said) {}

  /** Two that end by themselves. */
  static Pair of(AltaHome home, String[] first, String[] second)
      throws IOException, InterruptedException {
    try (AltaProcess one = home.start(first);
        AltaProcess other = home.start(second)) {
      boolean isOneDone = one.waitFor() == 0;
      boolean isOtherDone = other.waitFor() == 0;
      return of(new End(isOneDone, one.said()), new End(isOtherDone, other.said()));
    }
  }

  /**
   * Two that go on until they are stopped: waits until one has said that it works and the other has
   * ended or says so, too; then stops both.
   */
  static Pair winner(AltaHome home, String[] first, String[] second, String works)
      throws IOException, InterruptedException {
    Pattern pattern = Pattern.compile(works);
    try (AltaProcess one = home.start(first);
        AltaProcess other = home.start(second)) {
      while (goesOn(one, pattern) || goesOn(other, pattern)) {
        one.waitAtMost(50);
      }
      Pair pair = of(end(one, pattern), end(other, pattern));
      int unused = one.stop() + other.stop();
      return pair;
    }
  }

  private static boolean goesOn(AltaProcess process, Pattern works) throws IOException {
    return process.isAlive() && !works.matcher(process.said()).find();
  }

  private static End end(AltaProcess process, Pattern works) throws IOException {
    return new End(works.matcher(process.said()).find(), process.said());
  }

  private static Pair of(End one, End other) {
    List<String> losers =
        List.of(one, other).stream().filter(end -> !end.isDone()).map(End::said).toList();
    return new Pair(2 - losers.size(), losers);
  }

  /**
   * Says how it went.
   *
   * @param named what a loser says of what was in its way; empty where there must be none
   */
  void report(Drilled drilled, String what, String named) {
    drilled.count(what + ": both went on", done == 2 ? 1 : 0);
    drilled.count(what + ": one was told", done == 1 ? 1 : 0);
    drilled.invariant(what + ": neither was done", done == 0 ? 1 : 0);
    Pattern name = Pattern.compile(named);
    for (String said : losers) {
      boolean isNamed = !named.isEmpty() && name.matcher(said).find();
      drilled.invariant(what + ": told without a name", isNamed ? 0 : 1);
      if (!isNamed) {
        drilled.say("%s: %s", what, said);
      }
    }
  }
}
