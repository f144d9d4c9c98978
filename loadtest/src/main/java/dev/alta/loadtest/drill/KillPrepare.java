package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Kills {@code alta prepare}, the keeper of the embedded database and bucket, at random moments,
 * half of them once it has begun to write, and looks at clean_data all the while: it is one whole
 * generation, the newest, with its certificate; patients keep their sides; a last run ends well.
 */
final class KillPrepare implements Drill {
  private static final int ROWS = 20_000;
  private static final int MOMENT_MILLIS = 3_000;

  private static final String NEWEST = "(SELECT max(generation) FROM clean_data_generation)";

  /** In one statement, so of one moment: rows too many or too few, of another one, moved. */
  private static final String OFF =
      "SELECT (SELECT count(*) FROM clean_data) - (SELECT coalesce(sum(row_count), 0)"
          + " FROM clean_data_count WHERE generation = "
          + NEWEST
          + ") || ' ' || (SELECT count(*) FROM clean_data WHERE generation <> "
          + NEWEST
          + ") || ' ' || (SELECT count(*) FROM clean_data c LEFT JOIN split_assignment s"
          + " ON s.patient = c.patient_nbr WHERE s.dataset IS DISTINCT FROM c.dataset)";

  private static final String DRAFTS = "SELECT count(*) FROM clean_data_draft";
  private static final String SIDES = "SELECT patient || ' ' || dataset FROM split_assignment";

  @Override
  public void run(Drilled drilled) throws Exception {
    try (AltaHome home = AltaHome.embedded(drilled.folder().resolve("home"))) {
      Path data = Encounters.generate(home, ROWS, drilled.random().nextLong());
      String unused = home.run("ingest", "--data", data.toString());
      long before = System.nanoTime();
      unused = prepare(home, 0);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
      List<String> sides = atRest(home, drilled);
      Kills kills = new Kills(drilled, millis, MOMENT_MILLIS);
      for (int kill = 1; kill <= drilled.times(); kill++) {
        try (AltaProcess prepare = home.start("prepare", "--seed", Integer.toString(kill));
            Looks looks = new Looks(home, drilled)) {
          kills.kill(prepare, looks);
        }
        try (Looks looks = new Looks(home, drilled)) {
          looks.afterwards();
        }
        drilled.say("kill %d of %d", kill, drilled.times());
      }
      unused = prepare(home, drilled.times() + 1);
      Set<String> kept = new HashSet<>(atRest(home, drilled));
      drilled.invariant(
          "patients moved to another side",
          sides.stream().filter(one -> !kept.contains(one)).count());
      drilled.invariant("things that alta fsck finds", home.check(drilled, "fsck"));
    }
  }

  private static String prepare(AltaHome home, int seed) throws Exception {
    return home.run("prepare", "--seed", Integer.toString(seed));
  }

  /** Looks at all generations while nothing runs; gives the sides of the patients. */
  private static List<String> atRest(AltaHome home, Drilled drilled) throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.in(home.postgres()));
        Sql sql = new Sql(new DatabaseSettings(server.url(), server.user(), server.password()))) {
      lookAt(sql, home, drilled);
      drilled.highest("generations", sql.number("SELECT count(*) FROM clean_data_generation"));
      return sql.texts(SIDES);
    }
  }

  private static void lookAt(Sql sql, AltaHome home, Drilled drilled) throws SQLException {
    String off = sql.texts(OFF).get(0);
    drilled.count("looks at clean_data", 1);
    if (!off.equals("0 0 0")) {
      drilled.say("rows too many, of another generation, on another side: %s", off);
    }
    drilled.invariant("half-published clean_data seen", off.equals("0 0 0") ? 0 : 1);
    for (String generation : sql.texts("SELECT generation FROM clean_data_generation")) {
      Path documents = home.objects().resolve("datasets").resolve(generation);
      boolean there =
          Files.exists(documents.resolve("split-certificate.json"))
              && Files.exists(documents.resolve("profile.json"));
      drilled.invariant("generations seen without certificate or profile", there ? 0 : 1);
    }
  }

  /** Looks at a database that others write to and that may go at any time. */
  private static final class Looks implements Kills.Look, AutoCloseable {
    private final AltaHome home;
    private final Drilled drilled;
    private Optional<Sql> sql = Optional.empty();
    private boolean isStopped;

    Looks(AltaHome home, Drilled drilled) {
      this.home = home;
      this.drilled = drilled;
    }

    /** Whether a run has begun to write. */
    @Override
    public boolean look(AltaProcess process) throws Exception {
      return !isStopped && look(home.running(process));
    }

    /** At what a killed one has left behind, where its database goes on. */
    void afterwards() throws Exception {
      boolean unused = look(home.leftBehind());
    }

    private boolean look(Optional<DatabaseSettings> database) throws SQLException {
      try {
        if (sql.isEmpty() && database.isPresent()) {
          sql = Optional.of(new Sql(database.get()));
        }
        if (sql.isEmpty()) {
          return false;
        }
        lookAt(sql.get(), home, drilled);
        return sql.get().number(DRAFTS) > 0;
      } catch (SQLException failed) {
        isStopped = Sql.isGone(failed); // with the run that has it, or before it was there
        if (isStopped) {
          return false;
        }
        throw failed;
      }
    }

    @Override
    public void close() throws SQLException {
      if (sql.isPresent()) {
        sql.get().close();
      }
    }
  }
}
