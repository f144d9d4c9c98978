package dev.alta.training.search;

import dev.alta.core.progress.Progress;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.parallel.Workers;
import dev.alta.training.trees.TreeSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches for all objectives side by side. Trials go in pairs that run at the same time, one for
 * each of two objectives or two for the only one; each trial gives the curves of all objectives,
 * and all objectives learn from it. What is proposed depends on earlier pairs only, so that the
 * same data, budget of trials and seed find the same, on one thread or two.
 */
public final class Search {
  private static final Logger log = LoggerFactory.getLogger(Search.class);
  private static final int AT_A_TIME = 2;

  private final SearchData data;
  private final SearchSettings settings;
  private final SplittableRandom random;
  private final List<Tried> tried = new ArrayList<>();
  private final long start = System.nanoTime();

  public Search(SearchData data, SearchSettings settings) {
    this.data = data;
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
  }

  /**
   * Searches.
   *
   * @param progress hears of trials
   * @return the best for each objective, in their order
   * @throws InterruptedException if the thread is interrupted; what was tried is lost
   */
  public List<Found> run(Progress progress) throws InterruptedException {
    int trials = Math.max(1, settings.budget().trials() * settings.objectives().size());
    BlockingQueue<Bench> benches = new ArrayBlockingQueue<>(settings.threads());
    for (int i = 0; i < settings.threads(); i++) {
      benches.add(new Bench(data));
    }
    try (Workers workers = new Workers(settings.threads())) {
      progress.at("trials", 0, trials);
      while (tried.size() < trials && (tried.isEmpty() || !isEnded())) {
        tried.addAll(tryAll(workers, benches, propose(trials - tried.size())));
        tried.stream().filter(one -> !isBest(one)).forEach(one -> one.curves().forgetTrees());
        progress.at("trials", tried.size(), trials);
      }
    } finally {
      // The workers have ended: none uses its bench any more.
      benches.forEach(Bench::close);
    }
    return settings.objectives().stream().map(objective -> found(objective, trials)).toList();
  }

  private List<Tried> tryAll(
      Workers workers, BlockingQueue<Bench> benches, List<Proposal> proposals)
      throws InterruptedException {
    List<Tried> before = List.copyOf(tried);
    TrialRun run =
        new TrialRun(settings.objectives(), data.classes(), settings.seed(), this::isEnded);
    List<Callable<Tried>> work = new ArrayList<>();
    for (Proposal proposal : proposals) {
      work.add(
          () -> {
            Bench bench = benches.take();
            try {
              return run.run(proposal, bench, before);
            } finally {
              benches.add(bench);
            }
          });
    }
    List<Tried> results = workers.all(work);
    results.forEach(this::log);
    return results;
  }

  private void log(Tried result) {
    for (Objective objective : settings.objectives()) {
      Curve.At best = result.curve(objective).best();
      log.info(
          "trial {} ({} for {}): {} {} after {} rounds, {} {}, {} s: {}",
          result.proposal().number(),
          result.proposal().origin(),
          result.proposal().objective().figure(),
          objective.figure(),
          best.value(),
          best.rounds(),
          result.state(),
          result.reason(),
          result.seconds(),
          SearchSpace.words(result.proposal().point()));
    }
  }

  private boolean isEnded() {
    return settings.stop().getAsBoolean() || seconds() > settings.budget().time().toMillis() / 1e3;
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private List<Proposal> propose(int left) {
    List<Proposal> proposals = new ArrayList<>();
    for (int i = 0; i < Math.min(AT_A_TIME, left); i++) {
      int index = tried.size() + i;
      Objective objective = settings.objectives().get(index % settings.objectives().size());
      List<Point> prior = SearchSpace.prior(data.train().rows());
      boolean fromPrior = index < prior.size();
      Point point =
          fromPrior ? prior.get(index) : Tpe.propose(observations(objective), random.split());
      proposals.add(new Proposal(index + 1, fromPrior ? "prior" : "tpe", objective, point));
    }
    return proposals;
  }

  private List<Tpe.Observation> observations(Objective objective) {
    return tried.stream()
        .map(one -> new Tpe.Observation(one.proposal().point(), one.value(objective)))
        .toList();
  }

  private Tried best(Objective objective) {
    return tried.stream()
        .max(
            Comparator.<Tried>comparingDouble(one -> one.value(objective))
                .thenComparing(one -> -one.proposal().number()))
        .orElseThrow();
  }

  private boolean isBest(Tried one) {
    return settings.objectives().stream().anyMatch(objective -> best(objective).equals(one));
  }

  private Found found(Objective objective, int trials) {
    Tried best = best(objective);
    Point point = best.proposal().point();
    int rounds = best.curve(objective).best().rounds();
    TreeSettings trees = SearchSpace.trees(point).withRounds(rounds);
    Map<String, String> words = new TreeMap<>(SearchSpace.words(point));
    words.putAll(trees.asMap());
    return new Found(
        objective,
        trees,
        SearchSpace.features(point),
        words,
        best.curves().score(validation(point), data.classes(), rounds),
        record(objective, best, trials));
  }

  private Vectors validation(Point point) {
    return data.validation().only(data.choose(SearchSpace.features(point)));
  }

  private SearchRecord record(Objective objective, Tried best, int trials) {
    SearchRecord.Builder record =
        SearchRecord.newBuilder()
            .setObjective(objective.figure())
            .setSeed(settings.seed())
            .setBest(tried.indexOf(best))
            .setEndedBy(endedBy(trials))
            .setSeconds(seconds());
    tried.forEach(one -> record.addTrials(one.record(objective)));
    return record.build();
  }

  private String endedBy(int trials) {
    if (tried.size() >= trials) {
      return trials + (trials == 1 ? " trial" : " trials");
    }
    return settings.stop().getAsBoolean()
        ? "settings.stop() by the user"
        : settings.budget().time().toSeconds() + " s";
  }
}
