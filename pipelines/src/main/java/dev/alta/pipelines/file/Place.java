package dev.alta.pipelines.file;

import dev.alta.model.registry.StoreException;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a file is or is to be: a path of this machine, or an object of a bucket. Serialises, with
 * the keys of the bucket, so that workers of a pipeline can have it.
 *
 * <p>Where a bucket's store does not answer, all methods throw a {@link
 * StoreException.Unreachable}: worth trying again later.
 */
public sealed interface Place extends Serializable permits LocalPlace, StoredPlace {
  /** How addresses in a bucket begin. */
  String S3 = "s3://";

  /**
   * Reads an address.
   *
   * @param address a path, or {@code s3://bucket/key}
   * @param store the store that has the buckets; its own bucket does not matter here
   * @throws PipelineException if it is neither, or in a bucket and no store is known
   */
  static Place of(String address, Optional<StoreSettings> store) {
    return address.startsWith(S3)
        ? StoredPlace.of(address, store)
        : LocalPlace.of(Path.of(address));
  }

  /**
   * The places of the files that an address names: one file, or a pattern with {@code * ? [ ] { }},
   * in which {@code **} also stands for folders. Sorted by name; files whose names begin with a dot
   * are left out of a pattern.
   *
   * @throws PipelineException if there is none
   */
  static List<Place> matching(String address, Optional<StoreSettings> store) {
    Place place = of(address, store);
    if (!Glob.isPattern(address) || place.find().isPresent()) {
      return List.of(place);
    }
    List<Place> matching = place.matching();
    if (matching.isEmpty()) {
      throw new PipelineException(address + ": no such file (expected: at least one that matches)");
    }
    return matching;
  }

  /** The address, for people. */
  String address();

  /** The last part of the address. */
  String name();

  /** Another name in the same folder. */
  Place beside(String name);

  /** Whether only this machine can see it. */
  boolean isLocal();

  /** Looks at the file; empty where there is none. */
  Optional<Found> find();

  /** The places that match where this one's address is a pattern, sorted. */
  List<Place> matching();

  /** The files in the same folder whose names begin with this. */
  List<Place> besides(String prefix);

  /**
   * Reads from a byte on, without reading what comes before it.
   *
   * @param found what was found here; a file of a bucket is read only while it is that one
   * @throws IOException if it cannot be opened or, later, read
   */
  InputStream read(Found found, long from) throws IOException;

  /**
   * Makes sure, as far as can be seen without writing, that a file can be written here.
   *
   * @throws PipelineException if not
   */
  void requireWritable();

  /**
   * Writes the file in place of what was there: readers see all of it or nothing of it.
   *
   * @param content is read to its end; if that fails, nothing has changed
   */
  void write(InputStream content) throws IOException;

  /** Removes the file; one that is not there is no error. */
  void delete() throws IOException;
}
