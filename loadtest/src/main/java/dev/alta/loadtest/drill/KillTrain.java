package dev.alta.loadtest.drill;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Kills {@code alta train}, the keeper of the embedded database and bucket, at random moments, half
 * of them just after something new is in the bucket. No half version can be seen, the champion is
 * always one whole version, decisions stay; a last run ends well.
 */
final class KillTrain implements Drill {
  private static final int ROWS = 4_000;
  private static final int MOMENT_MILLIS = 300;

  @Override
  public void run(Drilled drilled) throws Exception {
    try (AltaHome home = AltaHome.embedded(drilled.folder().resolve("home"))) {
      Path data = Encounters.generate(home, ROWS, drilled.random().nextLong());
      String unused = home.run("ingest", "--data", data.toString());
      unused = home.run("prepare");
      Bucket bucket = new Bucket(home.objects());
      long before = System.nanoTime();
      unused = train(home, 0);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
      bucket.check(drilled);
      Kills kills = new Kills(drilled, millis, MOMENT_MILLIS);
      for (int kill = 1; kill <= drilled.times(); kill++) {
        String was = bucket.trace();
        try (AltaProcess train = home.start("train", "--budget", "0", "--seed", "" + kill)) {
          kills.kill(train, process -> !bucket.trace().equals(was));
        }
        bucket.check(drilled);
        drilled.say(
            "kill %d: %d versions, %d decisions", kill, bucket.versions(), bucket.decisions());
      }
      int versions = bucket.versions();
      unused = train(home, drilled.times() + 1);
      bucket.check(drilled);
      drilled.invariant("last runs without versions", bucket.versions() == versions + 2 ? 0 : 1);
      Optional<String> champion = bucket.champion();
      drilled.invariant("ends without a champion", champion.isPresent() ? 0 : 1);
      drilled.count("versions", bucket.versions());
      drilled.count("decisions", bucket.decisions());
      drilled.invariant("things that alta fsck finds", home.check(drilled, "fsck"));
    }
  }

  private static String train(AltaHome home, int seed) throws Exception {
    return home.run("train", "--budget", "0", "--seed", Integer.toString(seed));
  }
}
