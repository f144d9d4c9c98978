package dev.alta.loadtest.drill;

import dev.alta.loadtest.drill.Callers.Asked;
import dev.alta.loadtest.storage.Storage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Kills {@code alta gateway} while callers ask it by JSON: each request is answered rightly, or its
 * caller is told that it is not. What was answered is in the table of predictions once.
 */
final class KillGateway implements Drill {
  private static final int CALLERS = 8;
  private static final int LEAST_REPLIES = 100;
  private static final int LEAST_MILLIS = 100;
  private static final int MOST_MILLIS = 1_200;

  @Override
  public void run(Drilled drilled) throws Exception {
    try (Storage storage = Storage.start(drilled.folder(), "drill");
        ScorerHome scorers = new ScorerHome(storage, drilled.folder().resolve("scorer"))) {
      TwoModels models = new TwoModels(storage.bucket());
      List<Asked> answered = new ArrayList<>();
      try (AltaProcess scorer = scorers.start("--log", "required");
          GatewayHome gateways =
              new GatewayHome(drilled.folder().resolve("gateway"), "127.0.0.1:" + scorers.port())) {
        try (AltaProcess calm = gateways.start();
            Asker asker = new HttpAsker(gateways.port(), models.rows())) {
          models.learn(asker);
          int unused = calm.stop();
        }
        for (int kill = 1; kill <= drilled.times(); kill++) {
          answered.addAll(kill(kill, gateways, models, drilled));
        }
        int unused = scorer.stop();
      }
      drilled.invariant("alta fsck, or a last scorer, that ended badly", scorers.drain(drilled));
      compare(answered, storage, drilled);
    }
  }

  private static List<Asked> kill(int kill, GatewayHome gateways, TwoModels models, Drilled drilled)
      throws Exception {
    long killed;
    List<Asked> all = new ArrayList<>();
    try (AltaProcess gateway = gateways.start();
        Callers callers =
            new Callers(
                "k" + kill,
                CALLERS,
                models.rows().encounters().size(),
                0,
                () -> new HttpAsker(gateways.port(), models.rows()))) {
      int millis = LEAST_MILLIS + drilled.random().nextInt(MOST_MILLIS - LEAST_MILLIS);
      TimeUnit.MILLISECONDS.sleep(millis);
      while (callers.replies() < LEAST_REPLIES && gateway.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      killed = System.nanoTime();
      gateway.kill();
      callers.stop().forEach(all::addAll);
    }
    models.judge(all, drilled);
    drilled.invariant(
        "refused while the gateway was there",
        all.stream()
            .filter(one -> !(one.reply() instanceof Reply.Answered) && one.ended() < killed)
            .count());
    drilled.count(
        "connections that failed with a kill",
        all.stream().filter(one -> one.reply() instanceof Reply.Refused).count());
    drilled.count("kills", 1);
    drilled.say("kill %d: %d asked", kill, all.size());
    return all.stream().filter(one -> one.reply() instanceof Reply.Answered).toList();
  }

  private static void compare(List<Asked> answered, Storage storage, Drilled drilled)
      throws SQLException {
    try (Sql sql = new Sql(storage.database())) {
      Map<String, Integer> stored = new HashMap<>();
      sql.texts("SELECT request_id FROM inference_log")
          .forEach(id -> stored.merge(id, 1, Integer::sum));
      drilled.invariant(
          "answered and lost",
          answered.stream().filter(one -> !stored.containsKey(one.id())).count());
      drilled.invariant(
          "doubled predictions", stored.values().stream().filter(times -> times > 1).count());
      drilled.count("predictions in the table", stored.size());
    }
  }
}
