package dev.alta.core.split;

import java.util.ArrayList;
import java.util.Arrays;
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

  /**
   * Draws one of the ways so that on average each side gets its share, as far as the ways allow.
   *
   * @param ways of {@link #ways}
   * @param hash what decides, at random and not below 0
   */
  static long[] draw(List<long[]> ways, long all, long hash) {
    int[] weights = ways.stream().mapToInt(way -> weight(way, all)).toArray();
    int sum = Arrays.stream(weights).sum();
    if (sum == 0) {
      return ways.get((int) (hash % ways.size()));
    }
    int way = 0;
    for (long left = hash % sum; left >= weights[way]; way++) {
      left -= weights[way];
    }
    return ways.get(way);
  }

  /**
   * Fifths of the chance of a way: where one side is rounded up, what is cut off of its share;
   * where two are, what is added to the third one's. 0 where some side is further from its share
   * than rounding takes it, as happens if it had more already.
   */
  private static int weight(long[] way, long all) {
    int up = 0;
    int cutOffOfThoseUp = 0;
    int cutOff = 0;
    for (int side = 0; side < SIDES; side++) {
      long down = all * FIFTHS[side] / 5;
      int fifths = (int) (all * FIFTHS[side] % 5);
      if (way[side] != down && way[side] != down + 1) {
        return 0;
      }
      cutOff += fifths;
      if (way[side] > down) {
        up++;
        cutOffOfThoseUp += fifths;
      }
    }
    // Of the side that is not up: five less what is cut off of it.
    return up == 1 ? cutOffOfThoseUp : 5 - (cutOff - cutOffOfThoseUp);
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
