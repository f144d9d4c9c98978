package dev.alta.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the programs of a PostgreSQL server from the zonky artifact for this machine. Only the
 * binaries are zonky's; its {@code EmbeddedPostgres} is for tests: it switches fsync off, trusts
 * everybody and knows no restart.
 */
final class PostgresBinaries {
  private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

  private PostgresBinaries() {}

  /** The folder that holds {@code bin}, {@code lib} and {@code share}; unpacked if need be. */
  static Path unpack(Path folder) throws IOException {
    byte[] archive = archive();
    Path unpacked = folder.resolve("postgres-" + digest(archive));
    if (Files.isDirectory(unpacked)) {
      return unpacked;
    }
    OwnerOnly.folder(folder);
    Path draft = Files.createTempDirectory(folder, "unpacking-");
    log.info("unpacking PostgreSQL to {}", unpacked);
    extract(archive, draft);
    try {
      Files.move(draft, unpacked, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      delete(draft);
      if (!Files.isDirectory(unpacked)) { // else another process was faster: as good
        throw failed;
      }
    }
    return unpacked;
  }

  private static byte[] archive() throws IOException {
    String system = system(System.getProperty("os.name", "").toLowerCase(Locale.ROOT));
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String hardware = machine.equals("amd64") ? "x86_64" : machine;
    try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, hardware)) {
      return in.readAllBytes();
    } catch (IllegalStateException none) {
      throw new IOException(
          "no PostgreSQL binaries for "
              + system
              + " on "
              + hardware
              + " (expected: Linux or macOS on x86_64 or aarch64; or give the URL of a server)",
          none);
    }
  }

  private static String system(String name) {
    return name.startsWith("mac") ? "Darwin" : name.startsWith("linux") ? "Linux" : name;
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException(entry.getName() + ": outside of the archive");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean program = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static String digest(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
