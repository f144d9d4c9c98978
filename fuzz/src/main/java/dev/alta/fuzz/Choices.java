package dev.alta.fuzz;

import java.util.Arrays;

/** An input as a row of choices; where it has ended, all that is left is 0. */
public final class Choices {
  private final byte[] bytes;
  private int at;

  public Choices(byte[] bytes) {
    this.bytes = bytes;
  }

  public boolean hasMore() {
    return at < bytes.length;
  }

  /** From 0 to 255. */
  public int next() {
    return at < bytes.length ? bytes[at++] & 0xff : 0;
  }

  /** From 0 on, below a bound of at most 256. */
  public int below(int bound) {
    return next() % bound;
  }

  public boolean yes() {
    return (next() & 1) != 0;
  }

  /** The next bytes, so many at most. */
  public byte[] take(int most) {
    int from = at;
    at = Math.min(bytes.length, at + most);
    return Arrays.copyOfRange(bytes, from, at);
  }

  /** All that is left. */
  public byte[] rest() {
    return take(bytes.length);
  }
}
