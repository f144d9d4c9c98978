package dev.alta.app.home;

import dev.alta.core.life.CannotStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The embedded parts of a home: those of the process that has the home (this one is then its guest,
 * and holds its place among the {@link Guests}), or else started in this process.
 *
 * @param isHost whether they were started here
 * @param isWhole whether both were, and others were told
 */
record Embedded(Offer offer, boolean isHost, boolean isWhole) {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final long BETWEEN_LOOKS_MILLIS = 200;

  @FunctionalInterface
  private interface Start {
    Embedded start() throws IOException, InterruptedException;
  }

  /**
   * Finds or starts them; waits for a process that is just starting them.
   *
   * @throws CannotStartException if the process that has the home offers none for a minute
   */
  static Embedded reach(StorageSettings settings, Parts parts)
      throws IOException, InterruptedException {
    return reach(settings, parts, () -> start(settings, parts));
  }

  /** The same, but the bucket alone is started. */
  static Embedded reachStore(StorageSettings settings, Parts parts)
      throws IOException, InterruptedException {
    return reach(
        settings,
        parts,
        () -> new Embedded(EmbeddedParts.startStore(settings, parts), true, false));
  }

  /** Starts them, in a process that has the home's lock. */
  static Embedded start(StorageSettings settings, Parts parts)
      throws IOException, InterruptedException {
    return new Embedded(EmbeddedParts.start(settings, parts), true, true);
  }

  /** Starts the database as well, where only the bucket was started so far. */
  Embedded whole(StorageSettings settings, Parts parts) throws IOException {
    return isWhole
        ? this
        : new Embedded(EmbeddedParts.addDatabase(settings, parts, offer), true, true);
  }

  private static Embedded reach(StorageSettings settings, Parts parts, Start start)
      throws IOException, InterruptedException {
    Path home = settings.home();
    long from = System.nanoTime();
    while (System.nanoTime() - from < LONGEST_START.toNanos()) {
      Optional<HomeLock> lock = HomeLock.tryTake(home);
      if (lock.isPresent()) {
        HomeLock taken = lock.get();
        parts.start(() -> taken);
        return start.start();
      }
      Optional<Offer> offer = asGuest(home, parts);
      if (offer.isPresent()) {
        return new Embedded(offer.get(), false, true);
      }
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
    throw new CannotStartException(
        "home: "
            + home
            + " is in use by process "
            + HomeLock.holder(home)
            + ", which offers no database and bucket (expected: one that does within "
            + LONGEST_START.toSeconds()
            + " s)");
  }

  /** In this order: the host first takes its offer back and then looks whether it has guests. */
  private static Optional<Offer> asGuest(Path home, Parts parts) throws IOException {
    Optional<Guests> place = Guests.join(home);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Guests taken = place.get();
    Optional<Offer> offer = Offer.find(home);
    if (offer.isPresent()) {
      parts.start(() -> taken);
    } else {
      taken.close();
    }
    return offer;
  }

  /**
   * Waits until no other process uses parts that were started here.
   *
   * @param waiting called once, if one does
   * @return whether this process started them
   */
  boolean awaitGuests(Path home, Parts parts, Runnable waiting)
      throws IOException, InterruptedException {
    if (!isHost) {
      return false;
    }
    Offer.withdraw(home);
    Optional<Guests> alone = Guests.shutOut(home);
    if (alone.isEmpty()) {
      waiting.run();
    }
    while (alone.isEmpty()) {
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
      alone = Guests.shutOut(home);
    }
    Guests nobodyElse = alone.get();
    parts.start(() -> nobodyElse);
    return true;
  }
}
