package dev.alta.app.backup;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.CopiedTable;
import dev.alta.database.Database;
import dev.alta.database.Snapshot;
import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.StoreException;
import dev.alta.model.registry.StoredFile;
import dev.alta.proto.v1.BackupColumn;
import dev.alta.proto.v1.BackupManifest;
import dev.alta.proto.v1.BackupTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Database and bucket of one moment, copied into an archive while others go on working. */
public final class Backup {
  private static final Logger log = LoggerFactory.getLogger(Backup.class);
  // Publishing a version takes a second or two.
  private static final int TRIES = 60;
  private static final long BETWEEN_TRIES_MILLIS = 500;

  private final Contract contract;
  private final Database database;
  private final FileStore store;
  private final String codeVersion;

  /**
   * A backup of these.
   *
   * @param codeVersion what stands in the archive as its writer
   */
  public Backup(Contract contract, Database database, FileStore store, String codeVersion) {
    this.contract = contract;
    this.database = database;
    this.store = store;
    this.codeVersion = codeVersion;
  }

  /**
   * Writes an archive.
   *
   * @param file of no file yet; only its owner can read it. Removed if it cannot be finished
   * @return what it holds
   * @throws ArchiveException if models come and go all the time
   */
  public BackupManifest write(Path file, Progress progress)
      throws IOException, InterruptedException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Optional<BackupManifest> written = attempt(file, progress);
      if (written.isPresent()) {
        return written.get();
      }
      log.info("models or data sets were being written; the backup begins anew");
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    }
    throw new ArchiveException(
        "bucket "
            + store
            + ": models or data sets are being written all the time (expected: half a"
            + " second without)");
  }

  private Optional<BackupManifest> attempt(Path file, Progress progress) throws IOException {
    boolean finished = false;
    try (ArchiveWriter archive = new ArchiveWriter(file)) {
      Optional<BackupManifest> written = copy(archive, progress);
      finished = written.isPresent();
      return written;
    } catch (StoreException.PreconditionFailed | StoreException.NotFound changed) {
      log.info("{}", changed.getMessage());
      return Optional.empty();
    } finally {
      if (!finished) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Empty where the bucket was not the same before and after the snapshot was taken. */
  private Optional<BackupManifest> copy(ArchiveWriter archive, Progress progress)
      throws IOException {
    int migration = database.copies().migration();
    BucketCopy bucket = new BucketCopy(store, archive);
    List<StoredFile> before = BucketCopy.own(store);
    BackupManifest.Builder manifest =
        BackupManifest.newBuilder()
            .setFormat(Archive.FORMAT)
            .setCodeVersion(codeVersion)
            .setContract(contract.name())
            .setMigration(migration);
    boolean stood =
        database
            .copies()
            .read(
                snapshot -> {
                  bucket.aliases(before);
                  if (!BucketCopy.own(store).equals(before)) {
                    return false;
                  }
                  tables(snapshot, archive, manifest, progress);
                  return true;
                });
    if (!stood) {
      return Optional.empty();
    }
    bucket.rest(before, progress);
    bucket.others();
    BackupManifest written = manifest.addAllObjects(bucket.copied()).build();
    archive.finish(written);
    return Optional.of(written);
  }

  private static void tables(
      Snapshot snapshot, ArchiveWriter archive, BackupManifest.Builder manifest, Progress progress)
      throws IOException {
    long done = 0;
    for (CopiedTable table : snapshot.tables()) {
      long[] rows = new long[1];
      ArchiveWriter.Written written =
          archive.put(Names.table(table.name()), out -> rows[0] = snapshot.copy(table, out));
      BackupTable.Builder entry =
          BackupTable.newBuilder()
              .setName(table.name())
              .setRows(rows[0])
              .setBytes(written.bytes())
              .setSha256(written.sha256());
      table
          .columns()
          .forEach(
              column ->
                  entry.addColumns(
                      BackupColumn.newBuilder().setName(column.name()).setType(column.type())));
      manifest.addTables(entry);
      done += rows[0];
      progress.at("rows", done, 0);
    }
    manifest.setCreatedAt(snapshot.moment().toString()).putAllNumbers(snapshot.numbers());
  }
}
