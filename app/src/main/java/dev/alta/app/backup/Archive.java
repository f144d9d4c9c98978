package dev.alta.app.backup;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.alta.core.digest.Sha256;
import dev.alta.core.progress.Progress;
import dev.alta.proto.v1.BackupManifest;
import dev.alta.proto.v1.BackupObject;
import dev.alta.proto.v1.BackupTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A finished archive, to be read. Nothing in it becomes a path of this machine. */
final class Archive implements AutoCloseable {
  /** The newest that is known. */
  static final int FORMAT = 1;

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_MANIFEST = 256 << 20;
  private static final String EXPECTED = " (expected: an archive that alta backup has finished)";

  private final Path path;
  private final ZipFile zip;
  private final BackupManifest manifest;

  private Archive(Path path, ZipFile zip, BackupManifest manifest) {
    this.path = path;
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens it and makes sure that it was finished and holds what its manifest says, by name.
   *
   * @throws ArchiveException if not
   */
  static Archive open(Path path) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException cutOff) {
      throw new ArchiveException(path + ": " + cutOff.getMessage() + EXPECTED, cutOff);
    }
    try {
      Archive archive = new Archive(path, zip, manifest(path, zip));
      archive.requireFormat();
      archive.requireNames();
      return archive;
    } catch (RuntimeException failed) {
      zip.close();
      throw failed;
    }
  }

  private static BackupManifest manifest(Path path, ZipFile zip) {
    byte[] text = small(path, zip, Names.MANIFEST);
    byte[] digest = small(path, zip, Names.DIGEST);
    if (!new String(digest, StandardCharsets.US_ASCII).strip().equals(Sha256.of(text))) {
      throw new ArchiveException(path + ": " + Names.MANIFEST + " is damaged" + EXPECTED);
    }
    BackupManifest.Builder manifest = BackupManifest.newBuilder();
    try {
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(text, StandardCharsets.UTF_8), manifest);
    } catch (InvalidProtocolBufferException malformed) {
      throw new ArchiveException(
          path + ": " + Names.MANIFEST + " cannot be read" + EXPECTED, malformed);
    }
    return manifest.build();
  }

  private static byte[] small(Path path, ZipFile zip, String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ArchiveException(path + ": has no " + name + EXPECTED);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes(LONGEST_MANIFEST);
    } catch (IOException damaged) {
      throw new ArchiveException(path + ": " + name + " is damaged" + EXPECTED, damaged);
    }
  }

  private void requireFormat() {
    if (manifest.getFormat() < 1 || manifest.getFormat() > FORMAT) {
      throw new ArchiveException(
          path
              + ": format "
              + manifest.getFormat()
              + " (expected: 1 to "
              + FORMAT
              + ", which this Alta reads; a newer one reads more)");
    }
  }

  private void requireNames() {
    for (BackupObject object : manifest.getObjectsList()) {
      if (!Names.isSafe(object.getKey())) {
        throw new ArchiveException(
            path + ": object " + object.getKey() + " (expected: a key without steps up)");
      }
    }
    List<String> said = new ArrayList<>(List.of(Names.MANIFEST, Names.DIGEST));
    manifest.getTablesList().forEach(table -> said.add(Names.table(table.getName())));
    manifest.getObjectsList().forEach(object -> said.add(Names.object(object.getKey())));
    List<String> found = zip.stream().map(ZipEntry::getName).toList();
    Set<String> different = said.stream().collect(Collectors.toSet());
    if (different.size() != said.size() || found.size() != said.size()) {
      throw new ArchiveException(
          path + ": " + found.size() + " entries (expected: " + different.size() + ", each once)");
    }
    for (String name : found) {
      if (!different.contains(name)) {
        throw new ArchiveException(
            path + ": entry " + name + " (expected: only what " + Names.MANIFEST + " names)");
      }
    }
  }

  BackupManifest manifest() {
    return manifest;
  }

  /**
   * Reads every entry and compares it with its digest.
   *
   * @throws ArchiveException naming the first that differs
   */
  void verify(Progress progress) throws IOException {
    long total = bytes();
    long done = 0;
    for (BackupTable table : manifest.getTablesList()) {
      verify(Names.table(table.getName()), table.getBytes(), table.getSha256());
      done += table.getBytes();
      progress.at("bytes", done, total);
    }
    for (BackupObject object : manifest.getObjectsList()) {
      verify(Names.object(object.getKey()), object.getBytes(), object.getSha256());
      done += object.getBytes();
      progress.at("bytes", done, total);
    }
  }

  /** Of all entries, unpacked. */
  long bytes() {
    return manifest.getTablesList().stream().mapToLong(BackupTable::getBytes).sum()
        + manifest.getObjectsList().stream().mapToLong(BackupObject::getBytes).sum();
  }

  private void verify(String name, long bytes, String sha256) throws IOException {
    MessageDigest digest = Sha256.start();
    long found = 0;
    try (InputStream in = open(name)) {
      byte[] buffer = new byte[BUFFER];
      // No more than that is unpacked, whatever it may hold.
      for (int size = in.read(buffer); size >= 0 && found <= bytes; size = in.read(buffer)) {
        digest.update(buffer, 0, size);
        found += size;
      }
    } catch (IOException unreadable) {
      throw damaged(name, unreadable.getMessage());
    }
    String actual = Sha256.finish(digest);
    if (found != bytes || !actual.equals(sha256)) {
      throw damaged(name, "sha256 " + actual + " (expected: " + sha256 + ")");
    }
  }

  private ArchiveException damaged(String name, @Nullable String how) {
    return new ArchiveException(path + ": " + name + " is damaged: " + how);
  }

  /** The bytes of an entry. */
  InputStream open(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ArchiveException(path + ": has no " + name + EXPECTED);
    }
    return zip.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
