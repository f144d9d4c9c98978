package dev.alta.core.audit;

/**
 * Something that is not as it should be.
 *
 * @param what the place, what was found there and what was expected, in one line
 * @param remedy what people can do about it
 */
public record Finding(String what, String remedy) {
  /** What helps where something that was written once is no longer what it was. */
  public static final String RESTORE =
      "bring a backup back: alta restore --replace --input ARCHIVE";
}
