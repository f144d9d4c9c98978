package dev.alta.model.kernel;

/**
 * A vector's values as whole numbers in the same order, so that they are compared without a branch.
 * Each stands there twice: where it is missing, once as the smallest number, so that it goes left
 * at any threshold, and once as the largest, so that it goes right.
 */
public final class VectorKeys {
  private VectorKeys() {}

  /** How many keys there are. The last one is smaller than any threshold. */
  public static int length(int features) {
    return smallest(features) + 1;
  }

  /** Which key is always smaller than any threshold. */
  static int smallest(int features) {
    return 2 * features;
  }

  /** Which key a node reads. */
  public static int place(int feature, boolean missingGoesLeft) {
    return 2 * feature + (missingGoesLeft ? 0 : 1);
  }

  /** Order is kept, -0 is 0; between the smallest and the largest number unless NaN. */
  public static int key(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
  }

  /** Writes the keys of a row. */
  public static void write(float[] vector, int features, int[] keys) {
    write(vector, 0, features, keys, 0);
  }

  /**
   * Writes the keys of one of many rows.
   *
   * @param vector where the row's vector begins
   * @param start where its keys begin
   */
  static void write(float[] vectors, int vector, int features, int[] keys, int start) {
    for (int i = 0; i < features; i++) {
      float value = vectors[vector + i];
      if (Float.isNaN(value)) {
        keys[start + 2 * i] = Integer.MIN_VALUE;
        keys[start + 2 * i + 1] = Integer.MAX_VALUE;
      } else {
        int key = key(value);
        keys[start + 2 * i] = key;
        keys[start + 2 * i + 1] = key;
      }
    }
    keys[start + smallest(features)] = Integer.MIN_VALUE;
  }

  /** 1 where the value is below the threshold, else 0. */
  public static int below(int value, int threshold) {
    return (int) ((value - (long) threshold) >>> (Long.SIZE - 1));
  }
}
