package dev.alta.core.split;

import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which the patients of one stratum can be shared out 60, 20 and 20 of 100 where some
 * of them have their side already.
 */
final class Shares {
  /** Fifths of each side: 3/5, 1/5, 1/5. */
  private static final int[] FIFTHS = {3, 1, 1};

  static final int SIDES = FIFTHS.length;

  private Shares() {}

  /** Five times the patients that a side has beyond its share. */
  static long fifthsTooMany(long all, long given, Side side) {
    return 5 * given - (side == Side.TRAIN ? 3 : 1) * all;
  }

  static long fifthsTooMany(long all, long given, int side) {
    return 5 * given - FIFTHS[side] * all;
  }

  /**
   * All ways, at least one, in a fixed order. Each gives every side at least those that it has, and
   * its share rounded down or up. Where there is no such way, because some side has more than its
   * share already, those ways in which the squares of all deviations have the least sum.
   *
   * @param fresh patients without a side
   * @param kept patients who have theirs
   */
  static List<long[]> ways(long fresh, SideCounts kept) {
    long all = fresh + kept.total();
    long[] down = new long[SIDES];
    for (int side = 0; side < SIDES; side++) {
      down[side] = all * FIFTHS[side] / 5;
    }
    List<long[]> within = roundings(down, all, kept.toArray());
    return within.isEmpty() ? nearest(all, kept.toArray()) : within;
  }

  /** Each side as given or one more, at least what it has, all in all. */
  private static List<long[]> roundings(long[] down, long all, long[] kept) {
    List<long[]> ways = new ArrayList<>();
    for (int sides = 0; sides < 1 << SIDES; sides++) {
      long[] way = down.clone();
      long sum = 0;
      boolean enough = true;
      for (int side = 0; side < SIDES; side++) {
        way[side] += sides >> side & 1;
        sum += way[side];
        enough &= way[side] >= kept[side];
      }
      if (sum == all && enough) {
        ways.add(way);
      }
    }
    return ways;
  }

  /**
   * Sides that have too many stay as they are; the others bear what that takes in equal parts.
   * Going through it in fifths and thirds keeps to whole numbers: of those sides that are not full,
   * each gets its share less an equal part of the excess.
   */
  private static List<long[]> nearest(long all, long[] kept) {
    boolean[] full = new boolean[SIDES];
    long[] down = kept.clone();
    for (boolean again = true; again; ) {
      again = false;
      long open = 0;
      long fifths = 5 * all;
      for (int side = 0; side < SIDES; side++) {
        fifths -= full[side] ? 5 * kept[side] : FIFTHS[side] * all;
        open += full[side] ? 0 : 1;
      }
      for (int side = 0; side < SIDES && open > 0; side++) {
        if (!full[side]) {
          // Of the share in fifths, plus (as a rule minus) its part of what is left over.
          long fifthsTimesOpen = FIFTHS[side] * all * open + fifths;
          down[side] = Math.floorDiv(fifthsTimesOpen, 5 * open);
          if (fifthsTimesOpen < 5 * open * kept[side]) {
            full[side] = true;
            down[side] = kept[side];
            again = true;
          }
        }
      }
    }
    return least(roundings(down, all, kept), all);
  }

  private static List<long[]> least(List<long[]> ways, long all) {
    double least = ways.stream().mapToDouble(way -> squares(way, all)).min().orElseThrow();
    return ways.stream().filter(way -> squares(way, all) == least).toList();
  }

  private static double squares(long[] way, long all) {
    double sum = 0;
    for (int side = 0; side < SIDES; side++) {
      double tooMany = fifthsTooMany(all, way[side], side);
      sum += tooMany * tooMany;
    }
    return sum;
  }
}
