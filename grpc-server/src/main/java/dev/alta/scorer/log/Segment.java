package dev.alta.scorer.log;

import java.nio.file.Path;

/**
 * A file of the spool. One thread writes it, another one reads it as far as {@link #length} says:
 * what is behind may not be on disk.
 */
final class Segment {
  private final Path file;
  private volatile long length;
  private volatile boolean sealed;
  // Of the reading thread alone.
  private long readTo = RecordForm.SEGMENT_HEADER;

  private Segment(Path file, long length, boolean sealed) {
    this.file = file;
    this.length = length;
    this.sealed = sealed;
  }

  /** One that is being written. */
  static Segment empty(Path file) {
    return new Segment(file, 0, false);
  }

  /** One that an earlier process has left. */
  static Segment found(Path file, long length) {
    return new Segment(file, length, true);
  }

  Path file() {
    return file;
  }

  /** How many bytes are safely on disk. */
  long length() {
    return length;
  }

  void grewTo(long newLength) {
    length = newLength;
  }

  /** Whether nothing will be added. To be asked before {@link #length}. */
  boolean isSealed() {
    return sealed;
  }

  /** How far it was read; whoever reads it goes on there. */
  long readTo() {
    return readTo;
  }

  void wasReadTo(long position) {
    readTo = position;
  }

  void seal() {
    sealed = true;
  }
}
