package dev.alta.loadtest.drill;

import dev.alta.loadtest.drill.Callers.Asked;
import dev.alta.loadtest.storage.Storage;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Three scorers behind one gateway, under load: each second one of them is killed and started
 * again, as long as another one has answered since it was started. Half-way another version becomes
 * champion. So there is always a replica that could answer, and no request may fail.
 */
final class KillReplicas implements Drill {
  private static final int REPLICAS = 3;
  private static final int CALLERS = 6;
  private static final long PAUSE_MILLIS = 5;
  private static final long BETWEEN_KILLS_MILLIS = 1_000;
  private static final long BETWEEN_LOOKS_MILLIS = 20;

  /** A replica: its home, and the process of now. */
  private static final class Replica implements AutoCloseable {
    private final ScorerHome home;
    private AltaProcess process;
    private boolean anew;
    private boolean answersAnew;

    Replica(ScorerHome home) throws IOException, InterruptedException {
      this.home = home;
      try (AltaProcess first = home.start("--log", "off")) {
        int unused = first.stop(); // the first one of a build writes what later ones start from
      }
      this.process = home.start("--log", "required");
    }

    /** Whether the gateway has asked it since it was started. */
    boolean isReady() throws IOException {
      boolean ready = home.isInService(process);
      answersAnew |= anew && ready;
      return ready;
    }

    /** From now on it is looked whether it was started after this moment. */
    void forget() {
      anew = false;
      answersAnew = false;
    }

    void killAndBegin() throws IOException, InterruptedException {
      process.kill();
      process = home.begin("--log", "required");
      anew = true;
    }

    @Override
    public void close() {
      home.close();
    }
  }

  private final List<Replica> replicas = new ArrayList<>();

  @Override
  public void run(Drilled drilled) throws Exception {
    try (Storage storage = Storage.start(drilled.folder(), "drill");
        AltaHome home = AltaHome.on(storage, drilled.folder().resolve("home"))) {
      TwoModels models = new TwoModels(storage.bucket());
      try {
        for (int i = 0; i < REPLICAS; i++) {
          replicas.add(
              new Replica(new ScorerHome(storage, drilled.folder().resolve("replica-" + i))));
        }
        String scorers =
            replicas.stream()
                .map(replica -> "127.0.0.1:" + replica.home.port())
                .collect(Collectors.joining(","));
        try (GatewayHome gateways = new GatewayHome(drilled.folder().resolve("gateway"), scorers)) {
          run(storage, home, gateways, models, drilled);
        }
      } finally {
        replicas.forEach(Replica::close);
      }
    }
  }

  private void run(
      Storage storage, AltaHome home, GatewayHome gateways, TwoModels models, Drilled drilled)
      throws Exception {
    List<Asked> all = new ArrayList<>();
    long promoting;
    long anew;
    try (AltaProcess gateway = gateways.start();
        Asker calm = new HttpAsker(gateways.port(), models.rows());
        Callers callers =
            new Callers(
                "r",
                CALLERS,
                models.rows().encounters().size(),
                PAUSE_MILLIS,
                () -> new HttpAsker(gateways.port(), models.rows()))) {
      models.learn(calm);
      kill(drilled.times() / 2, drilled);
      promoting = System.nanoTime();
      String unused = home.run(AltaHome.promote("2"));
      replicas.forEach(Replica::forget);
      kill(drilled.times() - drilled.times() / 2, drilled);
      while (!replicas.stream().allMatch(replica -> replica.answersAnew)) {
        kill(1, drilled);
      }
      anew = System.nanoTime();
      kill(REPLICAS, drilled);
      callers.stop().forEach(all::addAll);
      for (Replica replica : replicas) {
        replica.home.awaitReady(replica.process);
      }
      models.learn(calm);
      drilled.invariant("gateways that did not live through it", gateway.isAlive() ? 0 : 1);
    }
    judge(all, promoting, anew, models, drilled);
    for (Replica replica : replicas) {
      int unused = replica.process.stop();
      drilled.invariant(
          "alta fsck, or a last scorer, that ended badly", replica.home.drain(drilled));
    }
    compare(all, storage, drilled);
  }

  /** So often, each time a second after the last time, and once two are ready. */
  private void kill(int times, Drilled drilled) throws IOException, InterruptedException {
    for (int kill = 0; kill < times; kill++) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_KILLS_MILLIS);
      List<Replica> ready = ready();
      while (ready.size() < 2) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        ready = ready();
      }
      ready.get(drilled.random().nextInt(ready.size())).killAndBegin();
      drilled.count("kills", 1);
      drilled.count("of them with one replica left", ready.size() == 2 ? 1 : 0);
      drilled.say("%d of %d replicas were ready, one was killed", ready.size(), REPLICAS);
    }
  }

  private List<Replica> ready() throws IOException {
    List<Replica> ready = new ArrayList<>();
    for (Replica replica : replicas) {
      if (replica.isReady()) {
        ready.add(replica);
      }
    }
    return ready;
  }

  /** Refused is nobody, and each answer is of a version that may be champion. */
  private static void judge(
      List<Asked> all, long promoting, long anew, TwoModels models, Drilled drilled) {
    models.judge(all, drilled);
    for (Asked one : all) {
      if (one.reply() instanceof Reply.Answered answered) {
        boolean early = answered.version().equals("2") && one.ended() < promoting;
        boolean late = answered.version().equals("1") && one.begun() > anew;
        drilled.invariant("answered by a version that was not champion", early || late ? 1 : 0);
        drilled.count("answered by version " + answered.version(), 1);
        drilled.highest(
            "longest time to an answer, in ms",
            TimeUnit.NANOSECONDS.toMillis(one.ended() - one.begun()));
      } else if (one.reply() instanceof Reply.Refused refused) {
        drilled.say("%s: %s", one.id(), refused.why());
        drilled.invariant("failed though a replica could have answered", 1);
      }
    }
    drilled.invariant("failed though a replica could have answered", 0);
  }

  private static void compare(List<Asked> all, Storage storage, Drilled drilled)
      throws SQLException {
    Map<String, Integer> stored = new HashMap<>();
    try (Sql sql = new Sql(storage.database())) {
      sql.texts("SELECT request_id FROM inference_log")
          .forEach(id -> stored.merge(id, 1, Integer::sum));
    }
    drilled.invariant(
        "answered and lost",
        all.stream()
            .filter(one -> one.reply() instanceof Reply.Answered)
            .filter(one -> !stored.containsKey(one.id()))
            .count());
    // Answered by a replica that was killed before its answer came through, then by another one.
    drilled.count(
        "in the table twice, as the gateway asked twice",
        stored.values().stream().filter(times -> times > 1).count());
  }
}
