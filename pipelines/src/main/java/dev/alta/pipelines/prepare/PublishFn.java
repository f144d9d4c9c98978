package dev.alta.pipelines.prepare;

import dev.alta.core.contract.Contract;
import dev.alta.core.profile.DataTally;
import dev.alta.core.profile.ProfileBuilder;
import dev.alta.core.split.SplitPlan;
import dev.alta.database.CleanData.Beside;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.Publication;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.StoreException;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.proto.v1.DataProfile;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step: when all batches are written, puts the run in place of what is published, with its
 * certificate and profile in tables and bucket. May be tried any number of times.
 */
final class PublishFn extends DatabaseFn<DataTally, Void> {
  private static final Logger log = LoggerFactory.getLogger(PublishFn.class);

  private final long run;
  private final long entry;
  private final @Nullable StoreSettings store;
  private final PCollectionView<String> planView;

  PublishFn(
      DatabaseSettings settings,
      Contract contract,
      long run,
      long entry,
      @Nullable StoreSettings store,
      PCollectionView<String> planView) {
    super(settings, contract);
    this.run = run;
    this.entry = entry;
    this.store = store;
    this.planView = planView;
  }

  @ProcessElement
  public void publish(@Element DataTally tally, ProcessContext context) {
    try {
      publish(tally, SplitPlan.parse(context.sideInput(planView)));
      database().runs().done(entry);
    } catch (PipelineException failed) {
      database().runs().failed(entry, String.valueOf(failed.getMessage()));
      throw failed;
    }
  }

  private void publish(DataTally tally, SplitPlan plan) {
    DataProfile profile = ProfileBuilder.build(contract(), run, tally);
    Publication publication =
        database().cleanData().publish(run, plan, DatasetDocuments.text(profile), beside(profile));
    if (publication instanceof Publication.Published published) {
      log.info(
          "published generation {}: {} of {} rows kept",
          published.generation().number(),
          published.generation().kept(),
          published.generation().rowsRead());
    } else {
      throw WriteBatchFn.overtaken(run);
    }
  }

  private Beside beside(DataProfile profile) {
    return certificate -> {
      if (store == null) {
        return;
      }
      try (ObjectStore bucket = ObjectStore.open(store)) {
        new DatasetDocuments(bucket).write(certificate, profile);
      } catch (StoreException failed) {
        throw new PipelineException(
            "split certificate: " + failed.getMessage() + "; nothing was published", failed);
      }
    };
  }
}
