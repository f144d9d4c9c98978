package dev.alta.pipelines.prepare;

import dev.alta.core.split.PatientHash;
import dev.alta.core.split.Place;
import dev.alta.core.split.SideCounts;
import dev.alta.core.split.SplitOutline;
import dev.alta.core.split.SplitPlan;
import dev.alta.core.split.Stratum;
import dev.alta.core.split.StratumTally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The split as steps of a pipeline. No worker gathers the patients: what comes together in one
 * place is a histogram of at most 4,096 numbers for each stratum, and the few patients of the
 * buckets into which the cuts fall.
 */
final class SplitSteps {
  private static final Coder<KV<String, Place>> PLACES =
      KvCoder.of(StringUtf8Coder.of(), new PlaceCoder());
  private static final Coder<KV<String, StratumTally>> TALLIES =
      KvCoder.of(StringUtf8Coder.of(), new StratumTallyCoder());

  private SplitSteps() {}

  /** The plan of the split, as text: one element. */
  static PCollection<String> plan(
      PCollection<KV<Integer, Iterable<PatientPack>>> shards, long seed) {
    PCollectionView<Map<String, StratumTally>> tallies =
        shards
            .apply("Count patients", ParDo.of(new TallyFn(seed)))
            .setCoder(TALLIES)
            .apply("Add up patients", Combine.perKey(new AddTallies()))
            .setCoder(TALLIES)
            .apply("See patients", View.asMap());
    PCollectionView<SplitOutline> outline =
        shards
            .getPipeline()
            .apply("Seed of outline", Create.of(seed))
            .apply("Outline split", ParDo.of(new OutlineFn(tallies)).withSideInputs(tallies))
            .setCoder(SerializableCoder.of(SplitOutline.class))
            .apply("See outline", View.asSingleton());
    PCollectionView<Map<String, Iterable<Place>>> places =
        shards
            .apply(
                "Find patients at cuts",
                ParDo.of(new PlacesFn(seed, outline)).withSideInputs(outline))
            .setCoder(PLACES)
            .apply("Gather patients at cuts", GroupByKey.create())
            .apply("See patients at cuts", View.asMap());
    return shards
        .getPipeline()
        .apply("Seed of plan", Create.of(seed))
        .apply(
            "Finish split",
            ParDo.of(new FinishFn(outline, places)).withSideInputs(outline, places));
  }

  private static final class TallyFn
      extends DoFn<KV<Integer, Iterable<PatientPack>>, KV<String, StratumTally>> {
    private final long seed;

    TallyFn(long seed) {
      this.seed = seed;
    }

    @ProcessElement
    public void count(
        @Element KV<Integer, Iterable<PatientPack>> shard,
        OutputReceiver<KV<String, StratumTally>> out) {
      Map<Stratum, StratumTally> tallies = new HashMap<>();
      PatientShard.of(shard.getValue())
          .forEach(
              (patient, stratum, side) -> {
                StratumTally tally = tallies.computeIfAbsent(stratum, s -> new StratumTally());
                if (side == null) {
                  tally.add(PatientHash.of(patient, seed));
                } else {
                  tally.add(SideCounts.of(side, 1));
                }
              });
      tallies.forEach((stratum, tally) -> out.output(KV.of(stratum.toString(), tally)));
    }
  }

  private static final class AddTallies
      extends Combine.CombineFn<StratumTally, StratumTally, StratumTally> {
    @Override
    public StratumTally createAccumulator() {
      return new StratumTally();
    }

    @Override
    public StratumTally addInput(StratumTally sum, StratumTally tally) {
      sum.add(tally);
      return sum;
    }

    @Override
    public StratumTally mergeAccumulators(Iterable<StratumTally> tallies) {
      StratumTally sum = new StratumTally();
      tallies.forEach(sum::add);
      return sum;
    }

    @Override
    public StratumTally extractOutput(StratumTally sum) {
      return sum;
    }

    @Override
    public Coder<StratumTally> getAccumulatorCoder(
        CoderRegistry registry, Coder<StratumTally> inputCoder) {
      return new StratumTallyCoder();
    }
  }

  private static final class OutlineFn extends DoFn<Long, SplitOutline> {
    private final PCollectionView<Map<String, StratumTally>> tallies;

    OutlineFn(PCollectionView<Map<String, StratumTally>> tallies) {
      this.tallies = tallies;
    }

    @ProcessElement
    public void outline(@Element Long seed, ProcessContext context) {
      Map<Stratum, StratumTally> byStratum = new HashMap<>();
      context
          .sideInput(tallies)
          .forEach((stratum, tally) -> byStratum.put(Stratum.of(stratum), tally));
      context.output(SplitOutline.of(seed, byStratum));
    }
  }

  private static final class PlacesFn
      extends DoFn<KV<Integer, Iterable<PatientPack>>, KV<String, Place>> {
    private final long seed;
    private final PCollectionView<SplitOutline> outline;

    PlacesFn(long seed, PCollectionView<SplitOutline> outline) {
      this.seed = seed;
      this.outline = outline;
    }

    @ProcessElement
    public void find(@Element KV<Integer, Iterable<PatientPack>> shard, ProcessContext context) {
      SplitOutline current = context.sideInput(outline);
      PatientShard.of(shard.getValue())
          .forEach(
              (patient, stratum, side) -> {
                long hash = PatientHash.of(patient, seed);
                if (side == null && current.needs(stratum, hash)) {
                  context.output(KV.of(stratum.toString(), new Place(hash, patient)));
                }
              });
    }
  }

  private static final class FinishFn extends DoFn<Long, String> {
    private final PCollectionView<SplitOutline> outline;
    private final PCollectionView<Map<String, Iterable<Place>>> places;

    FinishFn(
        PCollectionView<SplitOutline> outline,
        PCollectionView<Map<String, Iterable<Place>>> places) {
      this.outline = outline;
      this.places = places;
    }

    @ProcessElement
    public void finish(ProcessContext context) {
      Map<Stratum, List<Place>> byStratum = new HashMap<>();
      context
          .sideInput(places)
          .forEach(
              (stratum, found) -> {
                List<Place> all = new ArrayList<>();
                found.forEach(all::add);
                byStratum.put(Stratum.of(stratum), all);
              });
      SplitPlan plan = context.sideInput(outline).finish(byStratum);
      context.output(plan.text());
    }
  }
}
