package dev.alta.loadtest.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock as libfaketime shows it to processes; their monotonic clock goes on as it does.
 */
final class FakeClock {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String NAME = "libfaketimeMT.so.1";

  private final Path library;
  private final Path file;

  private FakeClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** Shows the right time so far; empty where there is no libfaketime. */
  static Optional<FakeClock> in(Path folder) throws IOException {
    try (Stream<Path> found =
        Files.find(LIBRARIES, 4, (path, a) -> path.getFileName().toString().equals(NAME))) {
      Optional<Path> library = found.findFirst();
      if (library.isEmpty()) {
        return Optional.empty();
      }
      FakeClock clock = new FakeClock(library.get(), folder.resolve("clock"));
      clock.jump(0);
      return Optional.of(clock);
    }
  }

  /** All that is started later in a home, its database too, goes by this clock. */
  void rule(AltaHome home) {
    home.with("LD_PRELOAD", library.toString())
        .with("FAKETIME_TIMESTAMP_FILE", file.toString())
        .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        // Its mending of waits by that clock, meant for when it is faked, ends each of them at
        // once.
        .with("FAKETIME_FORCE_MONOTONIC_FIX", "0")
        .with("FAKETIME_CACHE_DURATION", "1");
  }

  /** From now on it is so many seconds ahead of the right time; less than none is behind. */
  void jump(long seconds) throws IOException {
    Path next = file.resolveSibling("clock-next");
    Files.writeString(next, "%+d\n".formatted(seconds));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
