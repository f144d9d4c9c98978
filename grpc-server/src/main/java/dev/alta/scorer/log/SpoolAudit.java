package dev.alta.scorer.log;

import dev.alta.core.audit.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Looks at a spool, also at one that a scorer writes; changes nothing. */
public final class SpoolAudit {
  /**
   * What was found.
   *
   * @param waiting predictions that are not in inference_log yet
   */
  public record Result(long waiting, List<Finding> findings) {}

  private static final int PORTION = 2_000;

  private final Map<UUID, Long> drained;
  private final List<Finding> findings = new ArrayList<>();
  private long waiting;

  private SpoolAudit(Map<UUID, Long> drained) {
    this.drained = drained;
  }

  /**
   * Looks at all segments.
   *
   * @param folder of the spool; may not be there
   * @param drained sequence number up to which each spool is in inference_log
   */
  public static Result of(Path folder, Map<UUID, Long> drained) throws IOException {
    SpoolAudit audit = new SpoolAudit(drained);
    if (Files.isDirectory(folder)) {
      for (Path file : SpoolFolder.files(folder)) {
        audit.segment(file);
      }
      for (Path file : SpoolFolder.putAside(folder)) {
        audit.add(file + ": was put aside (expected: a segment)");
      }
    }
    return new Result(audit.waiting, List.copyOf(audit.findings));
  }

  /** One that has gone meanwhile was drained. */
  private void segment(Path file) throws IOException {
    try (SegmentReader reader = SegmentReader.open(Segment.found(file, Files.size(file)))) {
      long drainedTo = drained.getOrDefault(reader.spool(), 0L);
      while (!reader.isAtEnd()) {
        waiting +=
            reader.read(PORTION).stream().filter(found -> found.sequence() > drainedTo).count();
      }
      if (reader.damaged() > 0) {
        add(file + ": " + reader.damaged() + " bytes between records are none (expected: records)");
      }
    } catch (SegmentReader.NoSegmentException wrong) {
      // A shorter one was cut off before it held anything.
      if (Files.exists(file) && Files.size(file) >= RecordForm.SEGMENT_HEADER) {
        add(file + ": does not begin as a segment does (expected: one that a scorer has written)");
      }
    } catch (NoSuchFileException drainedMeanwhile) {
      return;
    }
  }

  private void add(String what) {
    findings.add(
        new Finding(
            what,
            "predictions in it are lost; delete or keep the file, the scorer goes on without; check"
                + " the disk"));
  }
}
