package dev.alta.pipelines.file;

import dev.alta.pipelines.PipelineException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;

/** A pattern for the names of files: Java's own {@code glob}. */
final class Glob {
  private static final String SPECIAL = "*?[{";

  private final PathMatcher matcher;

  private Glob(PathMatcher matcher) {
    this.matcher = matcher;
  }

  static Glob of(String pattern) {
    try {
      return new Glob(FileSystems.getDefault().getPathMatcher("glob:" + pattern));
    } catch (PatternSyntaxException malformed) {
      throw new PipelineException(
          pattern + ": " + malformed.getDescription() + " (expected: a pattern such as *.csv.gz)",
          malformed);
    }
  }

  static boolean isPattern(String address) {
    return firstSpecial(address) < address.length();
  }

  /** What every name that matches begins with: up to the last slash before the pattern begins. */
  static String folder(String pattern) {
    return pattern.substring(0, pattern.lastIndexOf('/', firstSpecial(pattern)) + 1);
  }

  boolean matches(String name) {
    Path path = Path.of(name);
    Path last = path.getFileName();
    return last != null && !last.toString().startsWith(".") && matcher.matches(path);
  }

  private static int firstSpecial(String text) {
    int at = 0;
    while (at < text.length() && SPECIAL.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}
