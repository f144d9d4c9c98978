package dev.alta.core.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many patients were found of each stratum on each side. */
final class StratumNumbers {
  private static final int MOST = 10;

  private final Map<String, Map<String, Long>> found = new HashMap<>();

  void add(String stratum, String side) {
    found.computeIfAbsent(stratum, s -> new TreeMap<>()).merge(side, 1L, Long::sum);
  }

  /** Names the strata of which other numbers were found than a plan says. */
  void compare(
      String what, List<StratumCut> plan, Function<StratumCut, SideCounts> says, List<String> all) {
    Map<String, Map<String, Long>> left = new TreeMap<>(found);
    int wrong = 0;
    for (StratumCut cut : plan) {
      String stratum = cut.stratum().toString();
      Map<String, Long> there = left.remove(stratum);
      Map<String, Long> expected = bySide(says.apply(cut));
      if (!expected.equals(there == null ? Map.of() : there) && ++wrong <= MOST) {
        all.add(what + stratum + ": " + words(there) + " (expected: " + words(expected) + ")");
      }
    }
    for (Map.Entry<String, Map<String, Long>> more : left.entrySet()) {
      if (++wrong <= MOST) {
        all.add(what + more.getKey() + ": " + words(more.getValue()) + " (expected: none)");
      }
    }
    if (wrong > MOST) {
      all.add(what + "…: " + (wrong - MOST) + " more have other numbers than published");
    }
  }

  private static Map<String, Long> bySide(SideCounts counts) {
    Map<String, Long> bySide = new TreeMap<>();
    for (Side side : Side.values()) {
      if (counts.of(side) > 0) {
        bySide.put(side.label(), counts.of(side));
      }
    }
    return bySide;
  }

  private static String words(@Nullable Map<String, Long> bySide) {
    if (bySide == null || bySide.isEmpty()) {
      return "none";
    }
    StringBuilder words = new StringBuilder();
    bySide.forEach(
        (side, number) ->
            words.append(words.isEmpty() ? "" : ", ").append(side).append(' ').append(number));
    return words.toString();
  }
}
