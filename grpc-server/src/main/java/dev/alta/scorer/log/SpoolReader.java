package dev.alta.scorer.log;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a spool, segment by segment, and deletes each once all of it is done. For one thread. After
 * a failure it goes on behind the last portion that was done.
 */
final class SpoolReader implements AutoCloseable {
  /** Records of one spool, in their order. */
  record Portion(UUID spool, List<SegmentReader.Found> records) {}

  private static final Logger log = LoggerFactory.getLogger(SpoolReader.class);

  private final SpoolFolder folder;
  private final LogMeters meters;
  private @Nullable SegmentReader open;

  SpoolReader(SpoolFolder folder, LogMeters meters) {
    this.folder = folder;
    this.meters = meters;
  }

  /** The next records; empty where there are none now. What was given before is done. */
  Optional<Portion> next(int most) throws IOException {
    while (true) {
      Optional<Segment> first = folder.first();
      if (first.isEmpty()) {
        return Optional.empty();
      }
      Segment segment = first.get();
      boolean isSealed = segment.isSealed();
      Optional<SegmentReader> reader = reader(segment);
      if (reader.isPresent()) {
        reader.get().done();
        List<SegmentReader.Found> found = reader.get().read(most);
        if (!found.isEmpty()) {
          return Optional.of(new Portion(reader.get().spool(), found));
        }
        if (!isSealed || !reader.get().isAtEnd()) {
          return Optional.empty();
        }
        finish(reader.get());
      }
    }
  }

  private Optional<SegmentReader> reader(Segment segment) throws IOException {
    SegmentReader reader = open;
    if (reader != null && reader.segment().equals(segment)) {
      return Optional.of(reader);
    }
    close();
    try {
      SegmentReader opened = SegmentReader.open(segment);
      open = opened;
      return Optional.of(opened);
    } catch (SegmentReader.NoSegmentException cutOff) {
      putAside(segment);
      return Optional.empty();
    }
  }

  private void putAside(Segment segment) throws IOException {
    long size = Files.size(segment.file());
    if (size < RecordForm.SEGMENT_HEADER) {
      log.info("{} was cut off before it held anything", segment.file());
      folder.remove(segment);
      return;
    }
    meters.damagedBytes.increment((double) size);
    log.error("{} does not begin as a segment does; put aside", segment.file());
    folder.putAside(segment);
  }

  private void finish(SegmentReader done) throws IOException {
    if (done.passedOver() > 0) {
      meters.damagedBytes.increment((double) done.passedOver());
      log.warn(
          "{}: {} bytes are no records: cut off while they were written, or damaged",
          done.segment().file(),
          done.passedOver());
    }
    close();
    folder.remove(done.segment());
  }

  /** Closes the open segment; it may be read on afterwards. */
  @Override
  public void close() throws IOException {
    SegmentReader reader = open;
    open = null;
    if (reader != null) {
      reader.close();
    }
  }
}
