package dev.alta.app.command;

import dev.alta.app.backup.Backup;
import dev.alta.app.backup.BackupPlace;
import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.model.CodeVersion;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.BackupManifest;
import dev.alta.proto.v1.BackupTable;
import dev.alta.proto.v1.Encounter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alta backup}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copies database and bucket, as they are at one moment, into one archive, while Alta goes on"
          + " working. The archive holds all that is known of patients: only its owner can read the"
          + " file (mode 600); keep it as you keep the database. Predictions that still wait in a"
          + " scorer's spool are not in it."
    },
    footer = {
      "",
      "Example: alta backup --output /backups/ --keep 14",
      "or:      alta backup --output s3://hospital-backups/alta.zip --store-url http://minio:9000"
    })
final class BackupCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FILE|FOLDER/",
      required = true,
      description =
          "A new file, here or s3://bucket/key in another bucket of the same store; or a folder,"
              + " in which it is named by the time.")
  private String output = "";

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "0",
      description = "In a folder: remove all archives but the newest N (${DEFAULT-VALUE}: none).")
  private int keep;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    if (keep < 0) {
      throw new ParameterException(spec.commandLine(), "keep: " + keep + " (expected: >= 0)");
    }
    Storage.requireStore(where);
    return new Session(spec, where, false)
        .onData((reached, parts, terminal) -> run(where.home(), reached, parts, terminal));
  }

  private int run(Path home, Storage reached, Parts parts, Terminal terminal) throws Exception {
    DatabaseSettings url = reached.database();
    StoreSettings bucket = reached.store();
    BackupPlace place = BackupPlace.of(output, bucket, Clock.systemUTC().instant());
    Database database = parts.start(() -> Database.open(url, CONTRACT));
    FileStore store = parts.start(() -> FileStore.of(bucket));
    Path draft = place.draft(home);
    BackupManifest manifest =
        terminal.step(
            "backup",
            progress ->
                new Backup(CONTRACT, database, store, CodeVersion.get()).write(draft, progress),
            BackupCommand::words);
    long size = Files.size(draft);
    place.put(draft);
    terminal.line(
        String.format(
            Locale.ROOT,
            "Backup of %s: %s, %,d bytes",
            manifest.getCreatedAt(),
            place.place().address(),
            size));
    if (keep > 0 && place.isNamedByTime()) {
      terminal.line("Removed " + place.keep(keep) + " older ones.");
    }
    return 0;
  }

  /** What an archive holds. */
  static String words(BackupManifest manifest) {
    return String.format(
        Locale.ROOT,
        "%,d rows of %d tables, %,d objects",
        manifest.getTablesList().stream().mapToLong(BackupTable::getRows).sum(),
        manifest.getTablesCount(),
        manifest.getObjectsCount());
  }
}
