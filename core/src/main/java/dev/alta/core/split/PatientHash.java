package dev.alta.core.split;

/**
 * The order in which the patients of a stratum are dealt out: a seeded 63-bit hash of the patient's
 * number. It never changes, since the sides of patients depend on it:
 *
 * <pre>
 * z = patient + seed * 0x9e3779b97f4a7c15
 * z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9
 * z = (z ^ (z >>> 27)) * 0x94d049bb133111eb
 * hash = (z ^ (z >>> 31)) >>> 1
 * </pre>
 *
 * with 64-bit arithmetic that wraps around: the finaliser of SplitMix64 (Steele, Lea, Flood 2014),
 * in which every bit of the input changes half of the bits of the result.
 */
public final class PatientHash {
  /** The same in one line, for those who check a split without this code. */
  public static final String DEFINITION =
      "z = patient + seed * 0x9e3779b97f4a7c15; z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9;"
          + " z = (z ^ (z >>> 27)) * 0x94d049bb133111eb; hash = (z ^ (z >>> 31)) >>> 1;"
          + " unsigned 64-bit arithmetic that wraps around";

  private PatientHash() {}

  /** The hash: 0 to 2^63 - 1. */
  public static long of(long patient, long seed) {
    long z = patient + seed * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (z ^ (z >>> 31)) >>> 1;
  }

  /** The bucket of a hash: its upper 12 of 63 bits, 0 to 4,095. */
  public static int bucket(long hash) {
    return (int) (hash >>> 51);
  }
}
