package dev.alta.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process that was killed has left in the folder. S3Proxy writes an object into a file
 * beside its place, gives it its attributes one by one, and moves it there; one that lacks the
 * attribute it is asked for makes every list of its prefix fail.
 */
final class HalfWritten {
  private static final Logger log = LoggerFactory.getLogger(HalfWritten.class);
  private static final Pattern NAME =
      Pattern.compile(".+-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  /** The attribute that every whole object has. */
  private static final String DIGEST = "user.content-md5";

  private HalfWritten() {}

  /** Removes it; nobody else may write to the folder meanwhile. */
  static void remove(Path folder) throws IOException {
    if (!Files.getFileStore(folder).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
      return;
    }
    List<Path> suspects;
    try (Stream<Path> files = Files.walk(folder)) {
      suspects =
          files.filter(file -> NAME.matcher(String.valueOf(file.getFileName())).matches()).toList();
    }
    for (Path file : suspects) {
      if (Files.isRegularFile(file) && !attributes(file).contains(DIGEST)) {
        Files.delete(file);
        log.info("removed {}, which a process was killed over", file);
      }
    }
  }

  private static List<String> attributes(Path file) throws IOException {
    return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).list();
  }
}
