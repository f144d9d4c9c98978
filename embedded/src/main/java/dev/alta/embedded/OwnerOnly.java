package dev.alta.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Files and folders that nobody but their owner can read. */
public final class OwnerOnly {
  private static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = attribute("rwx------");
  private static final SecureRandom RANDOM = new SecureRandom();

  private OwnerOnly() {}

  /** Makes the folder and its parents where they are not there. */
  static void folder(Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IOException(path + ": a file (expected: a folder)");
    }
    Files.createDirectories(path, FOLDER);
    if (!Files.isWritable(path)) {
      throw new IOException(path + ": not writable (expected: a folder to write to)");
    }
  }

  /**
   * The secret kept in the file; a new one where there is no file yet.
   *
   * @param bytes how long a new secret is; it is written as twice as many hexadecimal digits
   */
  static String secret(Path file, int bytes) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[bytes];
      RANDOM.nextBytes(random);
      write(file, HexFormat.of().formatHex(random) + "\n");
    }
    String secret = Files.readString(file).strip();
    if (secret.isEmpty()) {
      throw new IOException(file + ": empty (expected: a secret on one line)");
    }
    return secret;
  }

  /** Writes a text (ASCII) beside the file and moves it, so that no half of it is ever seen. */
  public static void write(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, FILE);
    Files.write(draft, text.getBytes(StandardCharsets.US_ASCII));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
