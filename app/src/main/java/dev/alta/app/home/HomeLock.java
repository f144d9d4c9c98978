package dev.alta.app.home;

import dev.alta.core.life.CannotStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second Alta off the same home. Goes with the process, however that ends; the process that
 * has it writes its number into the file.
 */
public final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder, and makes it if it is not there.
   *
   * @throws CannotStartException if it cannot be written or another process has it
   */
  public static HomeLock take(Path home) {
    return tryTake(home).orElseThrow(() -> inUse(home));
  }

  /**
   * The same; empty if another process has it.
   *
   * @throws CannotStartException if it cannot be written
   */
  static Optional<HomeLock> tryTake(Path home) {
    FileChannel channel;
    try {
      Files.createDirectories(home);
      channel =
          FileChannel.open(
              file(home),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CannotStartException(
          "home: " + home + " (expected: a folder that can be written; " + e + ")", e);
    }
    try {
      if (tryLock(channel) == null) {
        channel.close();
        return Optional.empty();
      }
      // Before its number is there to be read: what an earlier process has left is not this one's.
      Offer.withdraw(home);
      channel.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(new HomeLock(channel));
  }

  /**
   * Looks whether another process has the folder, and makes nothing.
   *
   * @throws CannotStartException if one has
   */
  public static void requireFree(Path home) {
    if (Files.exists(file(home))) {
      try {
        take(home).close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Number of the process that has the folder, or had it last; empty while it is being taken. */
  static String holder(Path home) {
    try {
      return Files.readString(file(home), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CannotStartException inUse(Path home) {
    return new CannotStartException(
        "home: "
            + home
            + " is in use by process "
            + holder(home)
            + " (expected: one alta for each folder; stop that one or give another --home)");
  }

  private static Path file(Path home) {
    return home.resolve("lock");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
