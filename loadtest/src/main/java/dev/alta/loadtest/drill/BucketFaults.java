package dev.alta.loadtest.drill;

import dev.alta.loadtest.scorer.BenchModel;
import dev.alta.loadtest.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets faults befall the bucket that a scorer loads its models from, while it is asked all the
 * time. Promotions come by another way to the same bucket. The scorer goes on with the version it
 * has, says by name what is wrong, and takes the next whole one by itself once it can.
 */
final class BucketFaults implements Drill {
  // Longer than the scorer waits until it looks again.
  private static final long FAULT_SECONDS = 12;
  private static final long SHORT_FAULT_SECONDS = 6;
  private static final long LONGEST_SECONDS = 330;
  private static final long LONGEST_SILENCE_SECONDS = 60;

  private final boolean isShort;

  BucketFaults(boolean isShort) {
    this.isShort = isShort;
  }

  /** What is wrong, and what the scorer says of it. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  @Override
  public void run(Drilled drilled) throws Exception {
    try (Storage storage = Storage.start(drilled.folder(), "alta");
        Toxiproxy proxy =
            Toxiproxy.before(
                URI.create(storage.bucket().url()).getPort(),
                drilled.folder().resolve("toxiproxy.txt"));
        AltaHome scorers = AltaHome.on(storage, drilled.folder().resolve("scorer"));
        AltaHome people = AltaHome.on(storage, drilled.folder().resolve("people"))) {
      BenchModel.publish(storage.bucket(), "60", "40");
      proxy.away(true);
      scorers.with("ALTA_STORE_URL", "http://127.0.0.1:" + proxy.port());
      try (AltaProcess scorer =
          scorers.start("serve", "--grpc-port", "0", "--metrics-port", "0", "--log", "off")) {
        var ports = scorer.await(AltaProcess.SERVES);
        int metrics = Integer.parseInt(ports.group(2));
        TimeUnit.SECONDS.sleep(isShort ? SHORT_FAULT_SECONDS : FAULT_SECONDS);
        drilled.count("away at the start", 1);
        drilled.invariant("ready without a model", scorer.isOk(metrics, "/ready") ? 1 : 0);
        Said said = new Said(drilled, scorers.folder().resolve("logs/alta-serve.log"));
        said.expect("object store http://127.0.0.1:" + proxy.port());
        long start = System.nanoTime();
        proxy.away(false);
        scorer.awaitOk(metrics, "/ready");
        drilled.say("away at the start: ready %.1f s after it was back", seconds(start));
        try (Asking asking = new Asking(Integer.parseInt(ports.group(1)), "bucket")) {
          asking.awaitAnswers(50);
          Faults faults = new Faults(drilled, storage, proxy, people, asking, said, isShort);
          for (int round = 1; round <= drilled.times(); round++) {
            faults.round();
          }
          asking.stop();
          asking.report(drilled);
          drilled.invariant(
              "answers that were not those of the version they name", asking.others());
        }
      }
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** What the scorer writes into its log from one moment to the next. */
  private static final class Said {
    private final Drilled drilled;
    private final Path log;
    private long read;

    Said(Drilled drilled, Path log) {
      this.drilled = drilled;
      this.log = log;
    }

    /** Waits until it is said; not for ever. */
    void expect(String words) throws Exception {
      long start = System.nanoTime();
      String all = "";
      String since = "";
      while (!since.contains(words) && seconds(start) < LONGEST_SILENCE_SECONDS) {
        TimeUnit.MILLISECONDS.sleep(100);
        all = Files.exists(log) ? Files.readString(log) : "";
        since = all.substring((int) read);
      }
      read = all.length();
      since.lines().filter(line -> line.contains("WARN")).forEach(line -> drilled.say("%s", line));
      drilled.invariant("faults not named in the log", since.contains(words) ? 0 : 1);
    }
  }

  /** One of each. Two versions take turns. */
  private record Faults(
      Drilled drilled,
      Storage storage,
      Toxiproxy proxy,
      AltaHome people,
      Asking asking,
      Said said,
      boolean isShort) {
    void round() throws Exception {
      swap("away at a swap", () -> proxy.away(true), () -> proxy.away(false), "object store http");
      corrupt("models/readmission/versions/%s/model.pb", "model.pb: damaged: sha256");
      if (isShort) {
        return;
      }
      String cut = "{\"bytes\":20000}";
      swap(
          "cut off within a model",
          () -> proxy.spoil("limit_data", cut),
          () -> proxy.mend("limit_data"),
          "object store http");
      swap(
          "silent",
          () -> proxy.spoil("timeout", "{\"timeout\":0}"),
          () -> proxy.mend("timeout"),
          "");
      slow();
      corrupt("models/readmission/versions/%s/manifest.json", "manifest.json: damaged");
      half("models/readmission/versions/%s/model.pb", "model.pb: damaged: not there");
      half("models/readmission/versions/%s/manifest.json", "not there");
      cutShort();
      corruptAlias();
    }

    /** Every answer takes seconds to come: the swap is late, and no prediction is. */
    private void slow() throws Exception {
      String next = other();
      proxy.spoil("latency", "{\"latency\":1500,\"jitter\":500}");
      promote(next);
      long start = System.nanoTime();
      await(next);
      drilled.count("slow", 1);
      drilled.say("slow (1.5 s an answer): version %s answers after %.1f s", next, seconds(start));
      proxy.mend("latency");
    }

    private void swap(String what, Step befall, Step mend, String named) throws Exception {
      String next = other();
      befall.run();
      promote(next);
      whole(what, next, mend, named);
    }

    private void corrupt(String object, String named) throws Exception {
      String next = other();
      Path file = storage.objects().resolve(object.formatted(next));
      int at = drilled.random().nextInt((int) Files.size(file));
      damage(
          "one byte flipped, " + file.getFileName(),
          next,
          () -> flip(file, at),
          () -> flip(file, at),
          named);
    }

    private void half(String object, String named) throws Exception {
      String next = other();
      Path file = storage.objects().resolve(object.formatted(next));
      Path aside = storage.objects().resolveSibling("aside");
      damage(
          "half written, without " + file.getFileName(),
          next,
          () -> Files.move(file, aside),
          () -> Files.move(aside, file),
          named);
    }

    /** As an object whose writer was cut off in a store that keeps what came. */
    private void cutShort() throws Exception {
      String next = other();
      Path file = storage.objects().resolve("models/readmission/versions/" + next + "/model.pb");
      byte[] whole = Files.readAllBytes(file);
      byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
      damage(
          "half written, half of model.pb",
          next,
          () -> Files.write(file, half),
          () -> Files.write(file, whole),
          "model.pb: damaged");
    }

    private void corruptAlias() throws Exception {
      String next = other();
      Path file = storage.objects().resolve("models/readmission/aliases/champion");
      proxy.away(true);
      promote(next);
      // The digest of the manifest that is pinned: still readable, and wrong.
      String alias = Files.readString(file);
      int at = alias.indexOf("sha256") + 20;
      flipDigit(file, alias, at);
      proxy.away(false);
      whole("one digit changed, alias", next, () -> Files.writeString(file, alias), "");
    }

    private static void flipDigit(Path file, String text, int at) throws IOException {
      char digit = text.charAt(at) == '0' ? '1' : '0';
      Files.writeString(file, text.substring(0, at) + digit + text.substring(at + 1));
    }

    /** While the scorer cannot see it, so that it never sees the version whole before. */
    private void damage(String what, String next, Step befall, Step mend, String named)
        throws Exception {
      proxy.away(true);
      promote(next);
      befall.run();
      proxy.away(false);
      whole(what, next, mend, named);
    }

    /** Nothing but the version before answers until it is mended; then the next one, by itself. */
    private void whole(String what, String next, Step mend, String named) throws Exception {
      String before = next.equals("1") ? "2" : "1";
      TimeUnit.SECONDS.sleep(isShort ? SHORT_FAULT_SECONDS : FAULT_SECONDS);
      drilled.count(what, 1);
      Set<String> answered = asking.versions();
      drilled.invariant(
          "answers of another version than the last whole one",
          answered.equals(Set.of(before)) ? 0 : 1);
      if (!named.isEmpty()) {
        said.expect(named);
      }
      long start = System.nanoTime();
      mend.run();
      await(next);
      drilled.say("%s: version %s answers %.1f s after it was mended", what, next, seconds(start));
    }

    private void await(String version) throws Exception {
      long start = System.nanoTime();
      boolean isThere = false;
      while (!isThere && seconds(start) < LONGEST_SECONDS) {
        TimeUnit.MILLISECONDS.sleep(100);
        isThere = asking.versions().contains(version);
      }
      drilled.invariant("versions that were not taken by itself", isThere ? 0 : 1);
      asking.awaitAnswers(20);
      Set<String> unused = asking.versions();
    }

    private String other() throws Exception {
      asking.awaitAnswers(20);
      Set<String> now = asking.versions();
      return now.contains("1") ? "2" : "1";
    }

    private void promote(String version) throws Exception {
      String unused = people.run(AltaHome.promote(version));
    }

    private static void flip(Path file, int at) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      bytes[at] ^= 1;
      Files.write(file, bytes);
    }
  }
}
