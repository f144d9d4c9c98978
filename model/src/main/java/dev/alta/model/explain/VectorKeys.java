package dev.alta.model.explain;

/**
 * A vector's values as whole numbers in the same order, so that they are compared without a branch.
 * Each stands there twice: where it is missing, once as the smallest number, so that it goes left
 * at any threshold, and once as the largest, so that it goes right.
 */
final class VectorKeys {
  private VectorKeys() {}

  /** How many keys there are. */
  static int length(int features) {
    return 2 * features;
  }

  /** Which key a node reads. */
  static int place(int feature, boolean missingGoesLeft) {
    return 2 * feature + (missingGoesLeft ? 0 : 1);
  }

  /** Order is kept, -0 is 0; between the smallest and the largest number unless NaN. */
  static int key(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
  }

  static void write(float[] vector, int features, int[] keys) {
    for (int i = 0; i < features; i++) {
      float value = vector[i];
      if (Float.isNaN(value)) {
        keys[2 * i] = Integer.MIN_VALUE;
        keys[2 * i + 1] = Integer.MAX_VALUE;
      } else {
        int key = key(value);
        keys[2 * i] = key;
        keys[2 * i + 1] = key;
      }
    }
  }

  /** 1 where the value is below the threshold, else 0. */
  static int below(int value, int threshold) {
    return (int) ((value - (long) threshold) >>> (Long.SIZE - 1));
  }
}
