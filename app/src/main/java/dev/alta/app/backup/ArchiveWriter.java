package dev.alta.app.backup;

import com.google.protobuf.util.JsonFormat;
import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.BackupManifest;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes an archive, a zip file, entry by entry; each is on its way before the next one comes. */
final class ArchiveWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** Gives the bytes of an entry. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** What was written. */
  record Written(long bytes, String sha256) {}

  private final FileChannel file;
  private final ZipOutputStream zip;

  /**
   * Begins a new file that only its owner can read.
   *
   * @param path of no file yet
   */
  ArchiveWriter(Path path) throws IOException {
    this.file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    this.zip =
        new ZipOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(file), BUFFER),
            StandardCharsets.UTF_8);
    zip.setLevel(Deflater.BEST_SPEED);
  }

  Written put(String name, Content content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Digesting out = new Digesting(zip);
    content.writeTo(out);
    zip.closeEntry();
    return new Written(out.bytes, Sha256.finish(out.digest));
  }

  /** Ends it: from now on it is a backup, and survives a power cut. */
  void finish(BackupManifest manifest) throws IOException {
    byte[] text =
        (JsonFormat.printer().preservingProtoFieldNames().print(manifest) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    Written written = put(Names.MANIFEST, out -> out.write(text));
    put(
        Names.DIGEST,
        out -> out.write((written.sha256() + "\n").getBytes(StandardCharsets.US_ASCII)));
    zip.finish();
    zip.flush();
    file.force(true);
  }

  /** Closes the file; one that was not finished is no backup. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  private static final class Digesting extends FilterOutputStream {
    private final MessageDigest digest = Sha256.start();
    private long bytes;

    Digesting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int size) throws IOException {
      out.write(from, offset, size);
      digest.update(from, offset, size);
      bytes += size;
    }
  }
}
