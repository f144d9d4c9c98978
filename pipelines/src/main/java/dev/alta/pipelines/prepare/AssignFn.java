package dev.alta.pipelines.prepare;

import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/** Tells every batch the sides of its patients. */
final class AssignFn extends DoFn<KV<Long, PatientRows>, KV<Long, KV<Long, String>>> {
  private final PCollectionView<String> planView;
  private transient @Nullable String text;
  private transient @Nullable SplitPlan plan;

  AssignFn(PCollectionView<String> planView) {
    this.planView = planView;
  }

  @ProcessElement
  public void assign(@Element KV<Long, PatientRows> patient, ProcessContext context) {
    PatientRows rows = patient.getValue();
    Side side = plan(context.sideInput(planView)).sideOf(patient.getKey(), rows.stratum());
    for (long batch : rows.batches()) {
      context.output(KV.of(batch, KV.of(patient.getKey(), side.label())));
    }
  }

  /** Parsed once, not once for each patient. */
  private SplitPlan plan(String newText) {
    if (plan == null || !newText.equals(text)) {
      text = newText;
      plan = SplitPlan.parse(newText);
    }
    return plan;
  }
}
