package dev.alta.pipelines.prepare;

import dev.alta.core.split.BucketHistogram;
import dev.alta.core.split.PatientHash;
import dev.alta.core.split.Place;
import dev.alta.core.split.SplitOutline;
import dev.alta.core.split.SplitPlan;
import dev.alta.core.split.Stratum;
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
      KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(Place.class));

  private SplitSteps() {}

  /** The plan of the split, as text: one element. */
  static PCollection<String> plan(PCollection<KV<Long, PatientRows>> patients, long seed) {
    PCollectionView<Map<String, BucketHistogram>> histograms =
        patients
            .apply("Hash patients", ParDo.of(new HashFn(seed)))
            .apply("Count hashes", Combine.perKey(new HistogramFn()))
            .apply("See hashes", View.asMap());
    PCollectionView<SplitOutline> outline =
        patients
            .getPipeline()
            .apply("Seed of outline", Create.of(seed))
            .apply("Outline split", ParDo.of(new OutlineFn(histograms)).withSideInputs(histograms))
            .setCoder(SerializableCoder.of(SplitOutline.class))
            .apply("See outline", View.asSingleton());
    PCollectionView<Map<String, Iterable<Place>>> places =
        patients
            .apply(
                "Find patients at cuts",
                ParDo.of(new PlacesFn(seed, outline)).withSideInputs(outline))
            .setCoder(PLACES)
            .apply("Gather patients at cuts", GroupByKey.create())
            .apply("See patients at cuts", View.asMap());
    return patients
        .getPipeline()
        .apply("Seed of plan", Create.of(seed))
        .apply(
            "Finish split",
            ParDo.of(new FinishFn(outline, places)).withSideInputs(outline, places));
  }

  private static final class HashFn extends DoFn<KV<Long, PatientRows>, KV<String, Long>> {
    private final long seed;

    HashFn(long seed) {
      this.seed = seed;
    }

    @ProcessElement
    public void hash(@Element KV<Long, PatientRows> patient, OutputReceiver<KV<String, Long>> out) {
      out.output(
          KV.of(patient.getValue().stratum().toString(), PatientHash.of(patient.getKey(), seed)));
    }
  }

  private static final class HistogramFn
      extends Combine.CombineFn<Long, BucketHistogram, BucketHistogram> {
    @Override
    public BucketHistogram createAccumulator() {
      return new BucketHistogram();
    }

    @Override
    public BucketHistogram addInput(BucketHistogram histogram, Long hash) {
      histogram.add(hash);
      return histogram;
    }

    @Override
    public BucketHistogram mergeAccumulators(Iterable<BucketHistogram> histograms) {
      BucketHistogram all = new BucketHistogram();
      histograms.forEach(all::add);
      return all;
    }

    @Override
    public BucketHistogram extractOutput(BucketHistogram histogram) {
      return histogram;
    }

    @Override
    public Coder<BucketHistogram> getAccumulatorCoder(
        CoderRegistry registry, Coder<Long> inputCoder) {
      return SerializableCoder.of(BucketHistogram.class);
    }

    @Override
    public Coder<BucketHistogram> getDefaultOutputCoder(
        CoderRegistry registry, Coder<Long> inputCoder) {
      return SerializableCoder.of(BucketHistogram.class);
    }
  }

  private static final class OutlineFn extends DoFn<Long, SplitOutline> {
    private final PCollectionView<Map<String, BucketHistogram>> histograms;

    OutlineFn(PCollectionView<Map<String, BucketHistogram>> histograms) {
      this.histograms = histograms;
    }

    @ProcessElement
    public void outline(@Element Long seed, ProcessContext context) {
      Map<Stratum, BucketHistogram> byStratum = new HashMap<>();
      context
          .sideInput(histograms)
          .forEach((stratum, histogram) -> byStratum.put(Stratum.of(stratum), histogram));
      context.output(SplitOutline.of(seed, byStratum));
    }
  }

  private static final class PlacesFn extends DoFn<KV<Long, PatientRows>, KV<String, Place>> {
    private final long seed;
    private final PCollectionView<SplitOutline> outline;

    PlacesFn(long seed, PCollectionView<SplitOutline> outline) {
      this.seed = seed;
      this.outline = outline;
    }

    @ProcessElement
    public void find(@Element KV<Long, PatientRows> patient, ProcessContext context) {
      Stratum stratum = patient.getValue().stratum();
      long hash = PatientHash.of(patient.getKey(), seed);
      if (context.sideInput(outline).needs(stratum, hash)) {
        context.output(KV.of(stratum.toString(), new Place(hash, patient.getKey())));
      }
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
