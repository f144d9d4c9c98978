package dev.alta.scorer.log;

import dev.alta.core.life.CannotStartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a spool in their order, those of earlier processes first. Of one process at a
 * time. Safe for several threads.
 */
final class SpoolFolder implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String DAMAGED = ".damaged";
  private static final String PATTERN = "segment-\\d{10}\\.spool";

  private final Path folder;
  private final FileChannel lock;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private long next;

  private SpoolFolder(Path folder, FileChannel lock) throws IOException {
    this.folder = folder;
    this.lock = lock;
    for (Path file : files(folder)) {
      segments.add(Segment.found(file, Files.size(file)));
      next = number(file) + 1;
    }
  }

  /**
   * Opens a folder; makes it where there is none.
   *
   * @throws CannotStartException if another process has it, or it cannot be written
   */
  static SpoolFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new CannotStartException(
            "spool: " + folder + " is in use by another scorer (expected: a folder of its own)");
      }
      return new SpoolFolder(folder, channel);
    } catch (IOException refused) {
      throw new CannotStartException(
          "spool: " + folder + " cannot be written: " + refused + " (expected: a folder on disk)",
          refused);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException thisProcess) {
      return null;
    }
  }

  /** The segments in a folder, in their order. */
  static List<Path> files(Path folder) throws IOException {
    return matching(folder, PATTERN);
  }

  /** What {@link #putAside} has left in a folder. */
  static List<Path> putAside(Path folder) throws IOException {
    return matching(folder, PATTERN + "\\" + DAMAGED);
  }

  private static List<Path> matching(Path folder, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  private static long number(Path file) {
    return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
  }

  /** What earlier processes have left and this one has written. */
  synchronized List<Segment> segments() {
    return List.copyOf(segments);
  }

  /** The segment that is to be drained next. */
  synchronized Optional<Segment> first() {
    return Optional.ofNullable(segments.peekFirst());
  }

  /** A segment to be written; it counts once it is {@link #add added}. */
  synchronized Segment next() {
    return Segment.empty(folder.resolve(String.format("segment-%010d.spool", next++)));
  }

  synchronized void add(Segment segment) {
    segments.addLast(segment);
  }

  /** Deletes a segment of which everything was drained. */
  void remove(Segment segment) throws IOException {
    Files.deleteIfExists(segment.file());
    forget(segment);
  }

  /** Leaves a file that is no segment beside the others, for people to look at. */
  void putAside(Segment segment) throws IOException {
    Files.move(
        segment.file(),
        segment.file().resolveSibling(segment.file().getFileName() + DAMAGED),
        StandardCopyOption.REPLACE_EXISTING);
    forget(segment);
  }

  private synchronized void forget(Segment segment) {
    segments.remove(segment);
  }

  /** Bytes on disk, without files that were put aside. */
  synchronized long bytes() {
    return segments.stream().mapToLong(Segment::length).sum();
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failed) {
      throw new IllegalStateException("spool: the lock of " + folder + " does not close", failed);
    }
  }
}
