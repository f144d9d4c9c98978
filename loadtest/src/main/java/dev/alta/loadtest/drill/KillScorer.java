package dev.alta.loadtest.drill;

import dev.alta.loadtest.drill.Callers.Asked;
import dev.alta.loadtest.storage.Storage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Kills {@code alta serve} while callers ask it, in turn with its log required and without. With it
 * each answer is in the table once. Without, what was answered in the moment before a kill may be
 * missing, but only that: of each caller's answers all are there up to some point.
 */
final class KillScorer implements Drill {
  private static final int CALLERS = 8;
  private static final int LEAST_REPLIES = 100;
  private static final int LEAST_MILLIS = 100;
  private static final int MOST_MILLIS = 900;
  private static final String REQUIRED = "required";
  private static final String ON = "on";

  /** The answers that one scorer gave to one caller, in their order. */
  private record Given(String log, long killed, List<Asked> answers) {}

  private final List<Given> given = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();

  @Override
  public void run(Drilled drilled) throws Exception {
    try (Storage storage = Storage.start(drilled.folder(), "drill");
        ScorerHome scorers = new ScorerHome(storage, drilled.folder().resolve("home"))) {
      TwoModels models = new TwoModels(storage.bucket());
      try (AltaProcess calm = scorers.start("--log", "off");
          Asker asker = new GrpcAsker(scorers.port(), models.rows())) {
        models.learn(asker);
        int unused = calm.stop(); // which also writes the archive that later ones start from
      }
      for (int kill = 1; kill <= drilled.times(); kill++) {
        kill(kill, scorers, models, drilled);
      }
      drilled.invariant("alta fsck, or a last scorer, that ended badly", scorers.drain(drilled));
      compare(storage, drilled);
    }
  }

  private void kill(int kill, ScorerHome scorers, TwoModels models, Drilled drilled)
      throws Exception {
    String log = kill % 2 == 0 ? ON : REQUIRED;
    long killed;
    List<List<Asked>> all;
    try (AltaProcess scorer = scorers.start("--log", log);
        Callers callers =
            new Callers(
                "k" + kill,
                CALLERS,
                models.rows().encounters().size(),
                0,
                () -> new GrpcAsker(scorers.port(), models.rows()))) {
      int millis = LEAST_MILLIS + drilled.random().nextInt(MOST_MILLIS - LEAST_MILLIS);
      TimeUnit.MILLISECONDS.sleep(millis);
      while (callers.replies() < LEAST_REPLIES && scorer.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      killed = System.nanoTime();
      scorer.kill();
      all = callers.stop();
    }
    for (List<Asked> caller : all) {
      models.judge(caller, drilled);
      caller.forEach(one -> asked.add(one.id()));
      given.add(
          new Given(
              log,
              killed,
              caller.stream().filter(one -> one.reply() instanceof Reply.Answered).toList()));
      drilled.invariant(
          "refused while the scorer was there",
          caller.stream()
              .filter(one -> !(one.reply() instanceof Reply.Answered) && one.ended() < killed)
              .count());
    }
    drilled.count("kills, log " + log, 1);
    drilled.say("kill %d, log %s: %d asked in all", kill, log, asked.size());
  }

  private void compare(Storage storage, Drilled drilled) throws SQLException {
    Map<String, String> stored = new HashMap<>();
    try (Sql sql = new Sql(storage.database())) {
      for (String row :
          sql.texts(
              "SELECT request_id || ' ' || model_version || ' ' || prediction"
                  + " FROM inference_log")) {
        String id = row.substring(0, row.indexOf(' '));
        drilled.count("predictions in the table", 1);
        drilled.invariant("doubled predictions", stored.put(id, row) == null ? 0 : 1);
        drilled.invariant("predictions nobody asked for", asked.contains(id) ? 0 : 1);
      }
    }
    given.forEach(one -> compare(one, stored, drilled));
  }

  private static void compare(Given given, Map<String, String> stored, Drilled drilled) {
    long lost = 0;
    for (Asked one : given.answers()) {
      Reply.Answered answer = (Reply.Answered) one.reply();
      String row = stored.get(one.id());
      if (row == null) {
        lost++;
        drilled.highest(
            "log on: longest time, in ms, from a lost answer to the kill",
            TimeUnit.NANOSECONDS.toMillis(given.killed() - one.ended()));
      } else {
        String expected = one.id() + " " + answer.version() + " " + answer.prediction();
        drilled.invariant("stored other than answered", row.equals(expected) ? 0 : 1);
        // Nothing that was answered before it may be missing.
        drilled.invariant("lost though a later answer of the caller is stored", lost);
        lost = 0;
      }
    }
    drilled.invariant("lost, log required", given.log().equals(REQUIRED) ? lost : 0);
    drilled.count(
        "log on: answered in the last moment and lost", given.log().equals(ON) ? lost : 0);
  }
}
