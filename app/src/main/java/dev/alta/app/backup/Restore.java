package dev.alta.app.backup;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.CopiedTable;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.StoreSettings;
import dev.alta.model.registry.StoredFile;
import dev.alta.proto.v1.BackupManifest;
import dev.alta.proto.v1.BackupObject;
import dev.alta.proto.v1.BackupTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive, brought back. First it is read as a whole and compared with its digests, and it is
 * looked whether there is room for it: until then nothing changes. Then come the objects, the
 * tables in one transaction, and the aliases last, so that no champion is seen without its version.
 * One that is cut off can be begun again, with {@code replace}.
 */
public final class Restore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Restore.class);

  /** Where to, and whether what is there may go. */
  public record Target(DatabaseSettings database, StoreSettings store, boolean replace) {}

  private final Contract contract;
  private final Archive archive;

  private Restore(Contract contract, Archive archive) {
    this.contract = contract;
    this.archive = archive;
  }

  /**
   * Opens an archive and checks all of it.
   *
   * @throws ArchiveException if it is not whole, or of another contract
   */
  public static Restore of(Path file, Contract contract, Progress progress) throws IOException {
    Archive archive = Archive.open(file);
    try {
      String found = archive.manifest().getContract();
      if (!found.equals(contract.name())) {
        throw new ArchiveException(
            file + ": holds data of " + found + " (expected: " + contract.name() + ")");
      }
      archive.verify(progress);
      return new Restore(contract, archive);
    } catch (IOException | RuntimeException failed) {
      archive.close();
      throw failed;
    }
  }

  /** What it holds. */
  public BackupManifest manifest() {
    return archive.manifest();
  }

  /**
   * Brings it back.
   *
   * @throws ArchiveException if there is something already, and it may not go
   */
  public void into(Target target, Progress progress) throws IOException {
    ObjectStore.open(target.store()).close(); // makes the bucket
    int migration = manifest().getMigration();
    try (FileStore store = FileStore.of(target.store());
        Database database = Database.open(target.database(), contract, migration)) {
      List<StoredFile> there = store.list("");
      if (!target.replace()) {
        requireEmpty(target, database, there);
      }
      requireMigration(database.copies().migration());
      objects(store, false, progress);
      long rows =
          database
              .copies()
              .write(
                  manifest().getTablesList().stream().map(Restore::table).toList(),
                  manifest().getNumbersMap(),
                  table -> archive.open(Names.table(table.name())));
      objects(store, true, progress);
      removeOthers(store, there);
      log.info("{} rows, {} objects", rows, manifest().getObjectsCount());
    }
    // The migrations that have come since.
    Database.open(target.database(), contract).close();
  }

  private static void requireEmpty(Target target, Database database, List<StoredFile> there) {
    String expected =
        " (expected: an empty database and bucket; --replace to put the backup there)";
    Optional<String> table = database.copies().occupied();
    if (table.isPresent()) {
      throw new ArchiveException(
          "database " + target.database() + ": " + table.get() + " has rows" + expected);
    }
    if (!there.isEmpty()) {
      throw new ArchiveException(
          "bucket " + target.store() + ": " + there.size() + " objects" + expected);
    }
  }

  private void requireMigration(int found) {
    if (found != manifest().getMigration()) {
      throw new ArchiveException(
          "the database has tables of migration "
              + found
              + " (expected: "
              + manifest().getMigration()
              + ", as the backup, or a database without Alta's tables)");
    }
  }

  private void objects(FileStore store, boolean aliases, Progress progress) throws IOException {
    int done = 0;
    for (BackupObject object : manifest().getObjectsList()) {
      if (BucketCopy.isAlias(object.getKey()) == aliases) {
        try (InputStream content = archive.open(Names.object(object.getKey()))) {
          store.write(
              object.getKey(),
              content,
              object.getBytes(),
              object.getContentType(),
              object.getMetadataMap());
        }
        progress.at("objects", ++done, manifest().getObjectsCount());
      }
    }
  }

  private void removeOthers(FileStore store, List<StoredFile> there) {
    Set<String> kept =
        manifest().getObjectsList().stream().map(BackupObject::getKey).collect(Collectors.toSet());
    there.stream().map(StoredFile::key).filter(key -> !kept.contains(key)).forEach(store::delete);
  }

  private static CopiedTable table(BackupTable table) {
    return new CopiedTable(
        table.getName(),
        table.getColumnsList().stream()
            .map(column -> new CopiedTable.Column(column.getName(), column.getType()))
            .toList());
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
