package dev.alta.model.kernel;

import dev.alta.proto.v1.Forest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All different questions that a forest asks, numbered: a feature, a threshold, and which way a
 * missing value goes. A row answers each once, however many nodes ask it. Answer 0 is to the left,
 * 1 to the right; question 0 is always answered 0.
 *
 * <p>Features of which only one question is asked (most: they say yes or no) come first: those
 * where a missing value goes left, then the others. The rest lie feature by feature with rising
 * thresholds, so that the answers of one feature are ones, then zeros.
 */
final class Questions {
  /** How many rows are asked at a time: one bit for each. */
  static final int BLOCK = Long.SIZE;

  private record Numbered(int first, Thresholds thresholds) {}

  // By feature and the way a missing value goes.
  private final Map<Integer, Numbered> numbered = new HashMap<>();
  // Of the features of which one question is asked; question 1 is the first of them.
  private final int[] feature;
  private final float[] threshold;
  private final int missingLeft;
  // The others.
  private final Thresholds[] lists;
  private final int[] firsts;
  private final int count;
  private final byte[] allOnes;
  private final byte[] allZeros;

  /** Numbers the questions of some trees. */
  Questions(Forest forest, List<Integer> trees) {
    List<Thresholds> left = new ArrayList<>();
    List<Thresholds> right = new ArrayList<>();
    List<Thresholds> several = new ArrayList<>();
    for (Thresholds thresholds : asked(forest, trees)) {
      if (thresholds.size() > 1) {
        several.add(thresholds);
      } else if (thresholds.missingGoesLeft()) {
        left.add(thresholds);
      } else {
        right.add(thresholds);
      }
    }
    this.missingLeft = left.size();
    left.addAll(right);
    this.feature = left.stream().mapToInt(Thresholds::feature).toArray();
    this.threshold = new float[feature.length];
    this.lists = several.toArray(Thresholds[]::new);
    this.firsts = new int[lists.length];
    int next = 1;
    for (int i = 0; i < feature.length; i++) {
      threshold[i] = left.get(i).value(0);
      next = number(left.get(i), next);
    }
    for (int i = 0; i < lists.length; i++) {
      firsts[i] = next;
      next = number(lists[i], next);
    }
    this.count = next;
    this.allZeros = new byte[count];
    this.allOnes = new byte[count];
    Arrays.fill(allOnes, (byte) 1);
  }

  private static List<Thresholds> asked(Forest forest, List<Integer> trees) {
    Map<Integer, TreeSet<Float>> asked = new TreeMap<>();
    for (int tree : trees) {
      for (int node = forest.getTreeRoot(tree); node < TreeDepths.end(forest, tree); node++) {
        if (forest.getFeature(node) >= 0) {
          asked
              .computeIfAbsent(
                  key(forest.getFeature(node), forest.getDefaultLeft(node)), key -> new TreeSet<>())
              .add(threshold(forest, node));
        }
      }
    }
    List<Thresholds> thresholds = new ArrayList<>();
    asked.forEach(
        (key, rising) -> thresholds.add(new Thresholds(key / 2, key % 2 == 0, array(rising))));
    return thresholds;
  }

  private static int key(int feature, boolean missingGoesLeft) {
    return 2 * feature + (missingGoesLeft ? 0 : 1);
  }

  /** With -0 as 0: they are the same number, but not to a set. */
  private static float threshold(Forest forest, int node) {
    return forest.getValue(node) + 0f;
  }

  private static float[] array(Set<Float> rising) {
    float[] values = new float[rising.size()];
    int next = 0;
    for (float value : rising) {
      values[next++] = value;
    }
    return values;
  }

  private int number(Thresholds thresholds, int first) {
    numbered.put(
        key(thresholds.feature(), thresholds.missingGoesLeft()), new Numbered(first, thresholds));
    return first + thresholds.size();
  }

  /** How many there are, question 0 included. */
  int count() {
    return count;
  }

  /** How many features are compared with several thresholds. */
  int lists() {
    return lists.length;
  }

  /** The number of the question that a node asks. */
  int of(Forest forest, int node) {
    Numbered asked =
        Objects.requireNonNull(
            numbered.get(key(forest.getFeature(node), forest.getDefaultLeft(node))));
    // The node's own threshold is reached by itself, and no higher one is.
    return asked.first() + asked.thresholds().reached(threshold(forest, node)) - 1;
  }

  /**
   * Answers all questions for one row.
   *
   * @param start where the row's vector begins
   * @param answers for each question 0 or 1; keeps what was answered for the row before
   * @param ones for each of the lists, how many of its answers were 1 for the row before
   */
  void answer(float[] vectors, int start, byte[] answers, int[] ones) {
    for (int i = 0; i < missingLeft; i++) {
      answers[1 + i] = (byte) (vectors[start + feature[i]] >= threshold[i] ? 1 : 0);
    }
    for (int i = missingLeft; i < feature.length; i++) {
      answers[1 + i] = (byte) (vectors[start + feature[i]] < threshold[i] ? 0 : 1);
    }
    for (int i = 0; i < lists.length; i++) {
      int before = ones[i];
      int now = lists[i].reached(vectors[start + lists[i].feature()]);
      if (now != before) {
        // Copying is several times as fast as filling where it is about some ten to hundred bytes.
        int from = firsts[i] + Math.min(before, now);
        System.arraycopy(
            now > before ? allOnes : allZeros, 0, answers, from, Math.abs(now - before));
      }
      ones[i] = now;
    }
  }

  /**
   * Answers all questions for a block of rows.
   *
   * @param start where the first row's vector begins; the others follow
   * @param features length of a vector
   * @param rows at most {@link #BLOCK}
   * @param answers for each question one bit a row; what it held is overwritten
   */
  void answer(float[] vectors, int start, int features, int rows, long[] answers) {
    Arrays.fill(answers, 0);
    for (int row = 0; row < rows; row++) {
      int vector = start + row * features;
      long bit = 1L << row;
      for (int i = 0; i < missingLeft; i++) {
        answers[1 + i] |= vectors[vector + feature[i]] >= threshold[i] ? bit : 0;
      }
      for (int i = missingLeft; i < feature.length; i++) {
        answers[1 + i] |= vectors[vector + feature[i]] < threshold[i] ? 0 : bit;
      }
      for (int i = 0; i < lists.length; i++) {
        int reached = lists[i].reached(vectors[vector + lists[i].feature()]);
        if (reached > 0) {
          answers[firsts[i] + reached - 1] |= bit;
        }
      }
    }
    spread(answers);
  }

  /** Whoever reaches a threshold reaches all lower ones. */
  private void spread(long[] answers) {
    for (int i = 0; i < lists.length; i++) {
      long reached = 0;
      for (int question = firsts[i] + lists[i].size() - 1; question >= firsts[i]; question--) {
        reached |= answers[question];
        answers[question] = reached;
      }
    }
  }
}
