package dev.alta.app.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.proto.v1.BackupManifest;
import dev.alta.proto.v1.BackupObject;
import dev.alta.proto.v1.BackupTable;
import dev.alta.proto.v1.Encounter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveTest {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final int LONG = 20_000;

  @TempDir private Path folder;

  @Test
  void givesBackWhatWasWrittenToItsOwnerOnly() throws IOException {
    Path file = write("ours.zip", List.of("models/readmission/versions/1/model.pb"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Archive archive = Archive.open(file)) {
      archive.verify(Progress.UNWATCHED);
      assertThat(archive.open("database/raw_data").readAllBytes()).isEqualTo(noise(1));
      assertThat(archive.open("objects/models/readmission/versions/1/model.pb").readAllBytes())
          .isEqualTo(noise(2));
    }
  }

  @Test
  void refusesOneThatIsCutOffWherever() throws IOException {
    Path file = write("whole.zip", List.of("a/b", "c"));
    byte[] whole = Files.readAllBytes(file);
    int step = whole.length / 60;
    for (int size = 0; size < whole.length; size += size > whole.length - 200 ? 1 : step) {
      Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, size));
      assertThatThrownBy(() -> read(cut))
          .as("%d of %d bytes", size, whole.length)
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("(expected: an archive that alta backup has finished)");
    }
  }

  @Test
  void refusesWhatAKilledBackupHasLeft() throws IOException {
    Path file = folder.resolve("killed.zip");
    try (ArchiveWriter writer = new ArchiveWriter(file)) {
      for (int i = 0; i < 10; i++) {
        writer.put(Names.object("object-" + i), out -> out.write(noise(2)));
      }
    }
    assertThat(file).isNotEmptyFile();
    assertThatThrownBy(() -> read(file)).isInstanceOf(ArchiveException.class);
  }

  @Test
  void neverTakesChangedBytesForTheWrittenOnes() throws IOException {
    Path file = write("whole.zip", List.of("a/b", "c"));
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    int tries = 0;
    for (int at = 7; at < whole.length; at += whole.length / 97) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x10;
      Path path = Files.write(folder.resolve("changed.zip"), changed);
      tries++;
      // What is read has passed its digest; only zip's own remarks, such as times, may differ.
      try {
        read(path);
      } catch (ArchiveException damaged) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(tries * 9 / 10);
  }

  @Test
  void refusesKeysThatCouldLeadElsewhere() throws IOException {
    for (String key :
        List.of("../outside", "models/../../outside", "/etc/passwd", "a//b", "a\\..\\b", "a/./b")) {
      Path file = write("key.zip", List.of(key));
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("object " + key + " (expected: a key without steps up)");
      Files.delete(file);
    }
    assertThat(Names.isSafe("models/readmission/versions/1/model.pb")).isTrue();
    assertThat(Names.isSafe("Ünï côdé/ok..txt")).isTrue();
  }

  @Test
  void refusesEntriesThatTheManifestDoesNotName() throws IOException {
    Path file = folder.resolve("more.zip");
    try (ArchiveWriter writer = new ArchiveWriter(file)) {
      BackupManifest.Builder manifest = manifest();
      manifest.addTables(table(writer));
      writer.put("../elsewhere", out -> out.write(1));
      writer.finish(manifest.build());
    }
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("4 entries (expected: 3, each once)");
  }

  @Test
  void refusesEntriesThatAreMissing() throws IOException {
    Path file = folder.resolve("fewer.zip");
    try (ArchiveWriter writer = new ArchiveWriter(file)) {
      BackupManifest.Builder manifest = manifest();
      manifest.addTables(table(writer)).addTables(BackupTable.newBuilder().setName("outcomes"));
      writer.finish(manifest.build());
    }
    assertThatThrownBy(() -> read(file)).hasMessageContaining("3 entries (expected: 4, each once)");
  }

  @Test
  void refusesANewerFormatAndAnotherContract() throws IOException {
    Path newer = folder.resolve("newer.zip");
    try (ArchiveWriter writer = new ArchiveWriter(newer)) {
      writer.finish(manifest().setFormat(2).build());
    }
    assertThatThrownBy(() -> read(newer)).hasMessageContaining("format 2 (expected: 1 to 1, ");
    Path other = folder.resolve("other.zip");
    try (ArchiveWriter writer = new ArchiveWriter(other)) {
      writer.finish(manifest().setContract("alta.testing.Visit").build());
    }
    assertThatThrownBy(() -> read(other))
        .hasMessageContaining("holds data of alta.testing.Visit (expected: alta.v1.Encounter)");
  }

  @Test
  void refusesAnyOtherFile() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.zip"), "dear diary\n");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("notes.zip: ");
  }

  private static void read(Path file) throws IOException {
    Restore.of(file, CONTRACT, Progress.UNWATCHED).close();
  }

  private Path write(String name, List<String> keys) throws IOException {
    Path file = folder.resolve(name);
    try (ArchiveWriter writer = new ArchiveWriter(file)) {
      BackupManifest.Builder manifest = manifest();
      manifest.addTables(table(writer));
      for (String key : keys) {
        ArchiveWriter.Written written = writer.put(Names.object(key), out -> out.write(noise(2)));
        manifest.addObjects(
            BackupObject.newBuilder()
                .setKey(key)
                .setBytes(written.bytes())
                .setSha256(written.sha256()));
      }
      writer.finish(manifest.build());
    }
    return file;
  }

  private static BackupManifest.Builder manifest() {
    return BackupManifest.newBuilder()
        .setFormat(1)
        .setMigration(1)
        .setContract("alta.v1.Encounter");
  }

  private static BackupTable table(ArchiveWriter writer) throws IOException {
    ArchiveWriter.Written written = writer.put(Names.table("raw_data"), out -> out.write(noise(1)));
    return BackupTable.newBuilder()
        .setName("raw_data")
        .setBytes(written.bytes())
        .setSha256(written.sha256())
        .build();
  }

  /** Bytes that do not become fewer by packing. */
  private static byte[] noise(long seed) {
    byte[] bytes = new byte[LONG];
    new Random(seed).nextBytes(bytes);
    byte[] text = "a table\n".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, bytes, 0, text.length);
    return bytes;
  }
}
