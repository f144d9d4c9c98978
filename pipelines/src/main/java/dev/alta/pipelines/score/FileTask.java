package dev.alta.pipelines.score;

import java.io.Serializable;

/**
 * A piece of a file: the records that begin in a range of its bytes.
 *
 * @param number of the task within the run, in the order of the input
 * @param from first byte, in the unpacked bytes
 * @param to byte after the last one
 */
record FileTask(int number, InputFile input, long from, long to) implements Serializable {
  /** Whether a record begins at the first byte, and its line is known. */
  boolean isFirst() {
    return from == input.offset();
  }
}
