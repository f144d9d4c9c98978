package dev.alta.loadtest.micro;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Evaluation;
import dev.alta.training.dataset.RowFacts;
import dev.alta.training.evaluate.Evaluator;
import dev.alta.training.evaluate.Scores;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All figures of a test set as large as that of the real data, with intervals from 1,000 samples of
 * a bootstrap and all subgroups, on one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class EvaluationBenchmark {
  private static final int ROWS = 19_868;
  private static final int SAMPLES = 1_000;

  private final Contract contract = Contract.of(Encounter.getDescriptor());
  private final Scores scores = new Scores(contract.classes().size(), ROWS);
  private final RowFacts facts = new RowFacts(contract, ROWS);

  /** Makes rows, with probabilities that fit to what happens. */
  @Setup
  public void prepare() {
    EncounterGenerator generator = new EncounterGenerator(contract, Effects.of(contract), 1);
    SplittableRandom random = new SplittableRandom(2);
    for (int row = 0; row < ROWS; row++) {
      Row made = generator.next();
      facts.add(made);
      double urgent = random.nextDouble(0.3);
      double late = random.nextDouble(0.6);
      scores.add(new double[] {1 - urgent - late, late, urgent}, made.position(contract.target()));
    }
  }

  @Benchmark
  public Evaluation evaluate() {
    return Evaluator.evaluate("test", scores, facts, contract.classes(), SAMPLES, 1);
  }
}
