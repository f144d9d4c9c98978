package dev.alta.pipelines.csv;

import dev.alta.pipelines.PipelineException;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file to read, plain or compressed by gzip.
 *
 * @param path where it is
 * @param zipped whether its bytes are those of gzip
 */
public record CsvFile(String path, boolean zipped) implements Serializable {
  private static final int BUFFER = 1 << 16;

  /**
   * Looks at the file.
   *
   * @throws PipelineException if it is not there, empty, or by its name but not its bytes gzip
   */
  public static CsvFile at(Path path) {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new PipelineException(path + ": not there (expected: a file that can be read)");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] magic = in.readNBytes(2);
      if (magic.length == 0) {
        throw new PipelineException(path + ": empty (expected: a CSV file with a header line)");
      }
      boolean zipped = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
      if (!zipped && path.toString().endsWith(".gz")) {
        throw new PipelineException(path + ": not compressed by gzip (expected: as its name says)");
      }
      return new CsvFile(path.toAbsolutePath().toString(), zipped);
    } catch (IOException failed) {
      throw unreadable(path.toString(), failed);
    }
  }

  /** The name without folders and {@code .gz}. */
  public String baseName() {
    String name = Path.of(path).getFileName().toString();
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }

  /** Its bytes, unpacked. */
  public InputStream open() throws IOException {
    InputStream in = new FileInputStream(path);
    if (!zipped) {
      return new BufferedInputStream(in, BUFFER);
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
    } catch (IOException failed) {
      in.close();
      throw failed;
    }
  }

  public PipelineException unreadable(IOException failed) {
    return unreadable(path, failed);
  }

  private static PipelineException unreadable(String path, IOException failed) {
    return new PipelineException(
        path + ": cannot be read to its end (" + failed.getMessage() + ")", failed);
  }
}
