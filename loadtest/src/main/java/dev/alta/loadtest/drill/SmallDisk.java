package dev.alta.loadtest.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few megabytes, in memory. Needs to be root on Linux. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final boolean isMounted;
  private boolean closed;

  private SmallDisk(Path folder, boolean isMounted) {
    this.folder = folder;
    this.isMounted = isMounted;
  }

  /** Mounts one; or leaves the folder as it is, where that may not be done. */
  static SmallDisk on(Path folder, int mebibytes) throws IOException {
    Files.createDirectories(folder);
    String size = "size=" + mebibytes + "m";
    return new SmallDisk(
        folder, run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString()));
  }

  boolean isMounted() {
    return isMounted;
  }

  Path folder() {
    return folder;
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    // Lazily: who still has a file open, such as a server that ends, keeps it until then.
    if (isMounted && !run("umount", "--lazy", folder.toString())) {
      throw new IOException(folder + ": still mounted (expected: umount)");
    }
  }
}
