package dev.alta.loadtest.drill;

import dev.alta.embedded.S3Endpoint;
import dev.alta.loadtest.scorer.BenchModel;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Kills {@code alta models promote} and {@code rollback}, the keepers of the embedded bucket, at
 * random moments, half of them just after something new is in the bucket. The champion is always
 * one whole version, decisions stay; a last promotion ends well.
 */
final class KillPromote implements Drill {
  private static final int MOMENT_MILLIS = 60;
  private static final String[] ROLLBACK = {"models", "rollback", "--reason", "drill"};

  @Override
  public void run(Drilled drilled) throws Exception {
    try (AltaHome home = AltaHome.embedded(drilled.folder().resolve("home"))) {
      publish(home);
      String unused = home.run(AltaHome.promote("2"));
      long before = System.nanoTime();
      unused = home.run(AltaHome.promote("1"));
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
      Bucket bucket = new Bucket(home.objects());
      bucket.check(drilled);
      Kills kills = new Kills(drilled, millis, MOMENT_MILLIS);
      for (int kill = 1; kill <= drilled.times(); kill++) {
        String was = bucket.trace();
        String[] command = kill % 3 == 0 ? ROLLBACK : AltaHome.promote(other(bucket));
        try (AltaProcess process = home.start(command)) {
          kills.kill(process, looked -> !bucket.trace().equals(was));
        }
        bucket.check(drilled);
        drilled.say(
            "kill %d: version %s is champion, %d decisions",
            kill, bucket.champion().orElse("none"), bucket.decisions());
      }
      unused = home.run("models", "list"); // carries out what a killed one has decided
      String next = other(bucket);
      unused = home.run(AltaHome.promote(next));
      bucket.check(drilled);
      drilled.invariant(
          "last promotions without effect",
          bucket.champion().filter(next::equals).isPresent() ? 0 : 1);
      drilled.count("decisions", bucket.decisions());
    }
  }

  private static String other(Bucket bucket) throws IOException {
    return bucket.champion().filter("1"::equals).isPresent() ? "2" : "1";
  }

  private static void publish(AltaHome home) throws IOException {
    try (S3Endpoint endpoint = S3Endpoint.start(home.folder().resolve("objects"))) {
      BenchModel.publish(
          new StoreSettings(
              endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), AltaHome.BUCKET),
          "60",
          "40");
    }
  }
}
