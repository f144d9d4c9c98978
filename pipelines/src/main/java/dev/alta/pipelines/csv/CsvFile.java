package dev.alta.pipelines.csv;

import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.file.Found;
import dev.alta.pipelines.file.Place;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A file to read, of this machine or in a bucket, plain or compressed by gzip.
 *
 * @param place where it is
 * @param found how it was when it was looked at; its size is that of the bytes as they lie there
 * @param zipped whether its bytes are those of gzip
 */
public record CsvFile(Place place, Found found, boolean zipped) implements Serializable {
  private static final int BUFFER = 1 << 16;

  /** Looks at a file of this machine, as {@link #at(Place)} does. */
  public static CsvFile at(Path path) {
    return at(Place.of(path.toString(), Optional.empty()));
  }

  /**
   * Looks at a file.
   *
   * @throws PipelineException if it is not there, empty, or by its name but not its bytes gzip
   */
  public static CsvFile at(Place place) {
    Found found =
        place
            .find()
            .orElseThrow(
                () ->
                    new PipelineException(
                        place.address() + ": not there (expected: a file that can be read)"));
    try (InputStream in = place.read(found, 0)) {
      byte[] magic = in.readNBytes(2);
      if (magic.length == 0) {
        throw new PipelineException(
            place.address() + ": empty (expected: a CSV file with a header line)");
      }
      boolean zipped = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
      if (!zipped && place.name().endsWith(".gz")) {
        throw new PipelineException(
            place.address() + ": not compressed by gzip (expected: as its name says)");
      }
      return new CsvFile(place, found, zipped);
    } catch (IOException failed) {
      throw unreadable(place, failed);
    }
  }

  /**
   * The files that an address names: a path, {@code s3://bucket/key}, or a pattern of either such
   * as {@code data/*.csv.gz}. Sorted by name.
   *
   * @param store the store that has the buckets
   * @throws PipelineException if there is none, or for one of them as {@link #at(Place)} does
   */
  public static List<CsvFile> matching(String address, Optional<StoreSettings> store) {
    return Place.matching(address, store).stream().map(CsvFile::at).toList();
  }

  /** Where it is, for people. */
  public String path() {
    return place.address();
  }

  /** The name without folders and {@code .gz}. */
  public String baseName() {
    String name = place.name();
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }

  /** Its size as it lies there, in bytes. */
  public long size() {
    return found.size();
  }

  /** Its bytes, unpacked. */
  public InputStream open() throws IOException {
    return open(0);
  }

  /**
   * Its bytes, unpacked, from an offset on. Of a plain file what comes before is not read.
   *
   * @param from offset in the unpacked bytes
   */
  public InputStream open(long from) throws IOException {
    InputStream in = place.read(found, zipped ? 0 : from);
    if (!zipped) {
      return new BufferedInputStream(in, BUFFER);
    }
    try {
      InputStream unpacked = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
      unpacked.skipNBytes(from);
      return unpacked;
    } catch (IOException failed) {
      in.close();
      throw failed;
    }
  }

  /**
   * Makes sure that the file is still the one that was looked at.
   *
   * @throws PipelineException if it has changed or is gone
   */
  public void requireUnchanged() {
    if (!place.find().equals(Optional.of(found))) {
      throw new PipelineException(
          path() + ": has changed meanwhile (expected: a file that stays as it is)");
    }
  }

  public PipelineException unreadable(IOException failed) {
    return unreadable(place, failed);
  }

  private static PipelineException unreadable(Place place, IOException failed) {
    return new PipelineException(
        place.address() + ": cannot be read to its end (" + failed.getMessage() + ")", failed);
  }
}
