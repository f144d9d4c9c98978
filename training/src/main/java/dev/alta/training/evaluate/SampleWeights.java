package dev.alta.training.evaluate;

/** Takes the samples of a {@link PatientBootstrap}. */
@FunctionalInterface
public interface SampleWeights {
  /**
   * Called sample by sample.
   *
   * @param sample from 0 on
   * @param weightOfRow how often each row is in the sample; used again for the next one
   */
  void accept(int sample, int[] weightOfRow);
}
