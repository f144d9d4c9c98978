package dev.alta.scorer.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes one segment, group by group, each safely on disk before the next. After a failure it must
 * not be used again: what the system has thrown away then is not known.
 */
final class SegmentWriter {
  private final Segment segment;
  private final FileChannel channel;

  private SegmentWriter(Segment segment, FileChannel channel) {
    this.segment = segment;
    this.channel = channel;
  }

  /** Makes the file; where that fails, there is none. */
  static SegmentWriter create(Segment segment, UUID spool) throws IOException {
    FileChannel channel =
        FileChannel.open(segment.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    SegmentWriter writer = new SegmentWriter(segment, channel);
    try {
      writer.write(RecordForm.segmentHeader(spool));
      // The folder's entry for the file is data of the folder.
      try (FileChannel folder =
          FileChannel.open(segment.file().resolveSibling("."), StandardOpenOption.READ)) {
        folder.force(true);
      }
      return writer;
    } catch (IOException failed) {
      channel.close();
      Files.deleteIfExists(segment.file());
      throw failed;
    }
  }

  /** Writes bytes and waits until they are on disk. */
  void write(ByteBuffer bytes) throws IOException {
    long to = segment.length() + bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
    segment.grewTo(to);
  }

  Segment segment() {
    return segment;
  }

  /** Ends the segment behind its last whole group. */
  void seal() throws IOException {
    segment.seal();
    try (channel) {
      if (channel.size() > segment.length()) {
        channel.truncate(segment.length());
      }
    }
  }
}
