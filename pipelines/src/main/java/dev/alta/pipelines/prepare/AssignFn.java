package dev.alta.pipelines.prepare;

import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/** Tells every batch the sides of its patients: those that they have, or else the plan's. */
final class AssignFn extends DoFn<KV<Integer, Iterable<PatientPack>>, KV<Long, SidePack>> {
  private final PCollectionView<String> planView;
  private transient @Nullable String text;
  private transient @Nullable SplitPlan plan;

  AssignFn(PCollectionView<String> planView) {
    this.planView = planView;
  }

  @ProcessElement
  public void assign(@Element KV<Integer, Iterable<PatientPack>> element, ProcessContext context) {
    SplitPlan current = plan(context.sideInput(planView));
    PatientShard shard = PatientShard.of(element.getValue());
    Map<Long, Side> sides = new HashMap<>();
    shard.forEach(
        (patient, stratum, side) ->
            sides.put(patient, side == null ? current.sideOf(patient, stratum) : side));
    for (PatientPack pack : shard.packs()) {
      byte[] codes = new byte[pack.patients().length];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = PatientPack.code(sides.get(pack.patients()[i]));
      }
      context.output(KV.of(pack.batch(), new SidePack(pack.patients(), codes)));
    }
  }

  /** Parsed once, not once for each element. */
  private SplitPlan plan(String newText) {
    if (plan == null || !newText.equals(text)) {
      text = newText;
      plan = SplitPlan.parse(newText);
    }
    return plan;
  }
}
