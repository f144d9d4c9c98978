package dev.alta.core.admit;

import dev.alta.core.life.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of {@link Keys}, which may be changed while the server runs. */
final class KeyFile implements Watched {
  private static final Logger log = LoggerFactory.getLogger(KeyFile.class);

  private final Path file;
  private List<String> lines;
  private volatile Keys keys;

  /**
   * Reads a file.
   *
   * @throws CannotStartException if it cannot be read, or a line of it is none
   */
  KeyFile(Path file) {
    this.file = file;
    this.lines = lines();
    this.keys = Keys.read(file.toString(), lines);
  }

  Keys keys() {
    return keys;
  }

  /** Reads it again; where it cannot be, what was read before holds on. */
  @Override
  public void look() {
    try {
      List<String> found = lines();
      if (!found.equals(lines)) {
        lines = found;
        keys = Keys.read(file.toString(), found);
        log.info("{} has changed and was read again", file);
      }
    } catch (CannotStartException wrong) {
      log.warn("what was read before holds on: {}", wrong.getMessage());
    }
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new CannotStartException(
          file + ": cannot be read (expected: lines such as predict 0123456789abcdef)", unreadable);
    }
  }
}
