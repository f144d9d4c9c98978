package dev.alta.pipelines.prepare;

import dev.alta.core.contract.Contract;
import dev.alta.core.history.HistoryColumns;
import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * Tells every batch the sides of its patients, those that they have or else the plan's, and what is
 * known from earlier encounters, whatever batches those are in.
 */
final class AssignFn extends DoFn<KV<Integer, Iterable<PatientPack>>, KV<Long, SidePack>> {
  private final Contract contract;
  private final PCollectionView<String> planView;
  private transient @Nullable String text;
  private transient @Nullable SplitPlan plan;

  AssignFn(Contract contract, PCollectionView<String> planView) {
    this.contract = contract;
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
    List<PatientPack> packs = shard.packs();
    List<EncounterPack> histories = ShardHistory.of(HistoryColumns.of(contract), packs);
    for (int p = 0; p < packs.size(); p++) {
      PatientPack pack = packs.get(p);
      byte[] codes = new byte[pack.patients().length];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = PatientPack.code(sides.get(pack.patients()[i]));
      }
      context.output(KV.of(pack.batch(), new SidePack(pack.patients(), codes, histories.get(p))));
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
