package dev.alta.model.kernel;

/** Turns margins into probabilities. */
public final class Softmax {
  private Softmax() {}

  /**
   * Turns margins into probabilities, in place.
   *
   * @param margins one for each output
   */
  public static void apply(float[] margins) {
    apply(margins, 0, margins.length);
  }

  /**
   * Turns the margins of one of many rows into probabilities, in place.
   *
   * @param start where they begin
   * @param outputs how many there are
   */
  public static void apply(float[] margins, int start, int outputs) {
    float largest = margins[start];
    for (int i = start; i < start + outputs; i++) {
      largest = Math.max(largest, margins[i]);
    }
    double sum = 0;
    for (int i = start; i < start + outputs; i++) {
      margins[i] = (float) Math.exp(margins[i] - largest);
      sum += margins[i];
    }
    for (int i = start; i < start + outputs; i++) {
      margins[i] /= (float) sum;
    }
  }
}
