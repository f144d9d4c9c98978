package dev.alta.app.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who uses the embedded parts of another process: each guest shares a lock on the home's file
 * {@code guests}, so that the process that has the parts can tell whether anybody still does. Goes
 * with the process, however that ends.
 */
final class Guests implements AutoCloseable {
  private final FileChannel channel;

  private Guests(FileChannel channel) {
    this.channel = channel;
  }

  /** Becomes a guest; empty if the process that has the parts is about to stop them. */
  static Optional<Guests> join(Path home) throws IOException {
    return lock(home, true);
  }

  /** Lets nobody in any more; empty while somebody is there. */
  static Optional<Guests> shutOut(Path home) throws IOException {
    return lock(home, false);
  }

  private static Optional<Guests> lock(Path home, boolean shared) throws IOException {
    FileChannel channel =
        FileChannel.open(
            home.resolve("guests"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (tryLock(channel, shared) == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new Guests(channel));
  }

  private static @Nullable FileLock tryLock(FileChannel channel, boolean shared)
      throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
