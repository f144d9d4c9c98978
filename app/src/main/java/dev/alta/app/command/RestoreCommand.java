package dev.alta.app.command;

import dev.alta.app.backup.BackupPlace;
import dev.alta.app.backup.Restore;
import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.pipelines.file.Place;
import dev.alta.proto.v1.Encounter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta restore}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Brings back what alta backup has kept, into an empty database and bucket. All of the archive"
          + " is compared with its digests first; until then nothing is changed. Where one is cut"
          + " off, run it again with --replace. Stop scorers, gateways and pipelines that use the"
          + " same database before."
    },
    footer = {"", "Example: alta restore --input /backups/alta-20261122T110000Z.zip --home .alta"})
final class RestoreCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description = "The archive, here or s3://bucket/key.")
  private String input = "";

  @Option(
      names = "--replace",
      description =
          "All that is in the database and the bucket may go, for what is in the archive.")
  private boolean replace;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    return new Session(spec, where, false)
        .run((reached, parts, terminal) -> run(where.home(), reached, parts, terminal));
  }

  private int run(Path home, Storage reached, Parts parts, Terminal terminal) throws Exception {
    boolean isStored = input.startsWith(Place.S3);
    Path archive =
        BackupPlace.fetch(input, isStored ? Optional.of(reached.store()) : Optional.empty(), home);
    try {
      Restore restore =
          terminal.step(
              "check",
              progress -> parts.start(() -> Restore.of(archive, CONTRACT, progress)),
              checked -> BackupCommand.words(checked.manifest()) + ": all as they were written");
      terminal.step(
          "restore",
          progress -> {
            restore.into(
                new Restore.Target(reached.database(), reached.store(), replace), progress);
            return restore.manifest();
          },
          BackupCommand::words);
      terminal.line("Restored what there was on " + restore.manifest().getCreatedAt() + ".");
      return 0;
    } finally {
      if (isStored) {
        Files.deleteIfExists(archive);
      }
    }
  }
}
