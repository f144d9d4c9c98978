package dev.alta.app.backup;

import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.file.Found;
import dev.alta.pipelines.file.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where an archive is or is to be: a file here, or an object of a bucket.
 *
 * @param place of the archive
 * @param isNamedByTime whether its folder holds others that are named by their times
 */
public record BackupPlace(Place place, boolean isNamedByTime) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String BEGIN = "alta-";
  private static final Pattern NAME = Pattern.compile("alta-[0-9]{8}T[0-9]{6}Z\\.zip");
  private static final String DRAFT = ".part";

  /**
   * Where a new archive goes.
   *
   * @param output a file, or a folder, which ends with a slash or is there; or {@code s3://…}
   * @param store with the bucket that is backed up, which cannot also take the archive
   * @param now names the archive in a folder
   * @throws ArchiveException if there is one of this name already
   */
  public static BackupPlace of(String output, StoreSettings store, Instant now) {
    boolean isFolder =
        output.endsWith("/")
            || (!output.startsWith(Place.S3) && Files.isDirectory(Path.of(output)));
    String address = output;
    if (isFolder) {
      address += (output.endsWith("/") ? "" : "/") + BEGIN + TIME.format(now) + ".zip";
    }
    if (address.startsWith(Place.S3 + store.bucket() + "/")) {
      throw new ArchiveException(
          address + ": in the bucket that is backed up (expected: another one)");
    }
    Place place = Place.of(address, Optional.of(store));
    if (place.find().isPresent()) {
      throw new ArchiveException(place.address() + ": is there (expected: a new name)");
    }
    place.requireWritable();
    return new BackupPlace(place, isFolder);
  }

  /**
   * A file to write the archive to before it gets its name.
   *
   * @param home where to, if the archive goes into a bucket
   */
  public Path draft(Path home) {
    return place.isLocal()
        ? Path.of(place.beside("." + place.name() + DRAFT).address())
        : home.resolve(".backup-" + UUID.randomUUID() + DRAFT);
  }

  /** Puts a finished archive where it belongs; its draft is gone then. */
  public void put(Path draft) throws IOException {
    if (place.isLocal()) {
      Files.move(draft, Path.of(place.address()), StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try (InputStream content = Files.newInputStream(draft)) {
      place.write(content);
    } finally {
      Files.delete(draft);
    }
  }

  /**
   * Removes all archives of the folder but the newest, and what killed backups have left.
   *
   * @return how many archives were removed
   */
  public int keep(int newest) throws IOException {
    List<Place> old =
        place.besides(BEGIN).stream()
            .filter(found -> NAME.matcher(found.name()).matches())
            .sorted(Comparator.comparing(Place::name).reversed())
            .skip(newest)
            .toList();
    for (Place one : old) {
      one.delete();
    }
    for (Place left : place.besides("." + BEGIN)) {
      if (left.name().endsWith(DRAFT)) {
        left.delete();
      }
    }
    return old.size();
  }

  /**
   * A local file with the archive.
   *
   * @param input a file, or {@code s3://…}
   * @param store who has the bucket
   * @param home where an archive of a bucket is put meanwhile
   * @throws ArchiveException if there is none
   */
  public static Path fetch(String input, Optional<StoreSettings> store, Path home)
      throws IOException {
    Place place = Place.of(input, store);
    Found found =
        place
            .find()
            .orElseThrow(
                () -> new ArchiveException(place.address() + ": not there (expected: an archive)"));
    if (place.isLocal()) {
      return Path.of(place.address());
    }
    Path copy = home.resolve(".restore-" + UUID.randomUUID() + DRAFT);
    Files.createFile(
        copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (InputStream content = place.read(found, 0);
        OutputStream out = Files.newOutputStream(copy, StandardOpenOption.WRITE)) {
      content.transferTo(out);
    } catch (IOException | RuntimeException failed) {
      Files.delete(copy);
      throw failed;
    }
    return copy;
  }
}
