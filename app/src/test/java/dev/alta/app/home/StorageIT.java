package dev.alta.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.database.Database;
import dev.alta.database.DatabaseException;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Encounter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home and several processes: locks on files only tell processes apart. */
class StorageIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @TempDir private Path folder;

  /** Another process: takes the home, says so, and ends when its input does. */
  static final class Host {
    private Host() {}

    public static void main(String[] args) throws Exception {
      Parts parts = new Parts();
      Storage storage = Storage.reach(StorageSettings.in(Path.of(args[0])), parts);
      System.out.println(storage.database().url() + " " + storage.store().url());
      assertThat(System.in.read()).isEqualTo(-1);
      storage.awaitGuests(() -> System.out.println("waiting"));
      parts.close();
      System.out.println("stopped");
    }
  }

  private Process host(Path home) throws IOException {
    return OwnStorage.process(Host.class, List.of(home.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void sharesTheEmbeddedPartsOfAHome() throws Exception {
    Path home = folder.resolve("home");
    usesThePartsOfTheProcessThatHasTheHomeAndKeepsThemRunningAsLongAsItDoes(home);
    isNotMisledByWhatAKilledProcessHasLeft(home);
  }

  private void usesThePartsOfTheProcessThatHasTheHomeAndKeepsThemRunningAsLongAsItDoes(Path home)
      throws Exception {
    Process host = host(home);
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
      String urls = said.readLine();
      Parts parts = new Parts();
      Storage guest = Storage.reach(StorageSettings.in(home), parts);
      assertThat(guest.database().url() + " " + guest.store().url()).isEqualTo(urls);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(running(home))))
          .isEqualTo("rw-------");
      open(guest.database());

      host.getOutputStream().close();
      assertThat(said.readLine()).isEqualTo("waiting");
      open(guest.database());
      parts.close();
      assertThat(said.readLine()).isEqualTo("stopped");
      assertThat(host.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(running(home)).doesNotExist();
    } finally {
      host.destroyForcibly();
    }
  }

  private void isNotMisledByWhatAKilledProcessHasLeft(Path home) throws Exception {
    Process host = host(home);
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
      String urls = said.readLine();
      host.destroyForcibly();
      assertThat(host.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(running(home)).exists();

      Parts parts = new Parts();
      try {
        Storage next = Storage.reach(StorageSettings.in(home), parts);
        DatabaseSettings database = next.database();
        assertThat(urls).doesNotContain(database.url());
        open(database);
        parts.close();
        assertThatThrownBy(() -> open(database)).isInstanceOf(DatabaseException.class);
      } finally {
        parts.close();
      }
      assertThat(running(home)).doesNotExist();
    } finally {
      host.destroyForcibly();
    }
  }

  @Test
  void startsTheBucketAloneAndTheDatabaseOnceItIsAskedFor() {
    Path home = folder.resolve("home");
    AtomicBoolean outlived = new AtomicBoolean();
    Parts parts = new Parts();
    try {
      Storage storage = Storage.reach(StorageSettings.in(home), parts);
      StoreSettings store = storage.storeAlone();
      assertThat(storage.storeAlone()).isEqualTo(store);
      ObjectStore.open(store).close();
      assertThat(home.resolve("postgres")).doesNotExist();
      assertThat(running(home)).doesNotExist();
      parts.start(
          () ->
              () -> {
                open(storage.database());
                outlived.set(true);
              });

      open(storage.database());
      assertThat(storage.store()).isEqualTo(store);
      assertThat(running(home)).exists();
    } finally {
      parts.close();
    }
    assertThat(running(home)).doesNotExist();
    assertThat(outlived).as("the database outlives who was there before it").isTrue();
  }

  @Test
  void tellsOthersOfTheBucketAlsoWhereTheDatabaseIsGivenByUrl() {
    Path home = folder.resolve("home");
    DatabaseSettings given = new DatabaseSettings("jdbc:postgresql://db/alta", "alta", "");
    Parts parts = new Parts();
    try {
      Storage storage =
          Storage.reach(
              new StorageSettings(
                  home, Optional.of(given), Optional.empty(), LogFormat.TEXT, LogPlace.FILE),
              parts);
      ObjectStore.open(storage.storeAlone()).close();
      assertThat(running(home)).doesNotExist();
      assertThat(storage.database()).isEqualTo(given);
      assertThat(running(home)).exists();
    } finally {
      parts.close();
    }
  }

  @Test
  void startsNothingWhereAllIsGivenByUrl() {
    Path home = folder.resolve("home");
    DatabaseSettings given = new DatabaseSettings("jdbc:postgresql://db/alta", "alta", "");
    Storage storage =
        Storage.reach(
            new StorageSettings(
                home, Optional.of(given), Optional.empty(), LogFormat.TEXT, LogPlace.FILE),
            new Parts());
    assertThat(storage.database()).isEqualTo(given);
    assertThat(home).doesNotExist();
  }

  @Test
  void makesNothingForACommandThatNeedsDataThatAreThere() {
    Path home = folder.resolve("home");
    assertThatThrownBy(() -> Storage.requireDatabase(StorageSettings.in(home)))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(home + " has no database (expected: ");
    assertThatThrownBy(() -> Storage.requireStore(StorageSettings.in(home)))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(home + " has no models (expected: ");
    assertThat(home).doesNotExist();
  }

  private static Path running(Path home) {
    return home.resolve("running");
  }

  private static void open(DatabaseSettings settings) {
    Database.open(settings, CONTRACT).close();
  }
}
