package dev.alta.pipelines.score;

import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.file.Found;
import dev.alta.pipelines.file.Place;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Goes through the lines of a {@link PartFile}. Holds a portion of it and no open file, as there
 * may be thousands of them at once.
 */
final class PartCursor {
  private final Place place;
  private final Found found;
  private final int portion;
  private final int part;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  // Offset of the first byte behind the buffer.
  private long next;
  private double risk;
  private long number;
  private byte[] line = {};

  /**
   * Stands before the first line.
   *
   * @param part position of the part, which decides where all else is equal
   * @param portion how many bytes are read at a time
   */
  PartCursor(Place place, int part, int portion) {
    this.place = place;
    this.part = part;
    this.portion = portion;
    this.found =
        place
            .find()
            .orElseThrow(
                () ->
                    new PipelineException(
                        place.address()
                            + ": gone (expected: one run at a time for each output; the latest"
                            + " wins)"));
  }

  /** Goes to the next line; false at the end. */
  boolean next() throws IOException {
    if (buffer.remaining() == 0 && next == found.size()) {
      return false;
    }
    require(PartFile.HEAD);
    risk = buffer.getDouble();
    number = buffer.getLong();
    int length = buffer.getInt();
    require(length);
    line = new byte[length];
    buffer.get(line);
    return true;
  }

  double risk() {
    return risk;
  }

  long number() {
    return number;
  }

  int part() {
    return part;
  }

  byte[] line() {
    return line;
  }

  private void require(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return;
    }
    int more = (int) Math.min(found.size() - next, Math.max(portion, bytes));
    ByteBuffer filled = ByteBuffer.allocate(buffer.remaining() + more);
    filled.put(buffer);
    try (InputStream in = place.read(found, next)) {
      filled.put(in.readNBytes(more));
    }
    next += more;
    buffer = filled.flip();
    if (buffer.remaining() < bytes) {
      throw new EOFException(place.address() + ": shorter than it was");
    }
  }
}
