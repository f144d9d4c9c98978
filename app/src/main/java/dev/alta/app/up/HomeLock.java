package dev.alta.app.up;

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
import org.jspecify.annotations.Nullable;

/** Keeps a second Alta off the same data folder. Goes with the process, however that ends. */
final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder, and makes it if it is not there.
   *
   * @throws CannotStartException if it cannot be written or another process has it
   */
  static HomeLock take(Path home) {
    Path file = home.resolve("lock");
    FileChannel channel;
    try {
      Files.createDirectories(home);
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CannotStartException(
          "home: " + home + " (expected: a folder that can be written; " + e + ")", e);
    }
    try {
      if (tryLock(channel) == null) {
        String holder = Files.readString(file, StandardCharsets.UTF_8).trim();
        channel.close();
        throw new CannotStartException(
            "home: "
                + home
                + " is in use by process "
                + holder
                + " (expected: one alta for each folder; stop that one or give another --home)");
      }
      channel.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HomeLock(channel);
  }

  /**
   * Looks whether another process has the folder, and makes nothing.
   *
   * @throws CannotStartException if one has
   */
  static void requireFree(Path home) {
    if (Files.exists(home.resolve("lock"))) {
      try {
        take(home).close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
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
