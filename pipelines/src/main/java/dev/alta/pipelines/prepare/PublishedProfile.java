package dev.alta.pipelines.prepare;

import dev.alta.database.Database;
import dev.alta.database.SplitAudit.Splits;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.pipelines.PipelineException;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.SplitCertificate;

/** What was published with the clean_data of now, as it stands in the tables. */
public record PublishedProfile(DataProfile profile, SplitCertificate certificate) {
  /**
   * Reads both.
   *
   * @throws PipelineException if it was published before there were profiles
   * @throws dev.alta.database.DatabaseException if nothing was published yet
   */
  public static PublishedProfile read(Database database) {
    Splits splits = database.cleanData().splitAudit().splits();
    long generation = splits.latest().number();
    DataProfile profile =
        database
            .cleanData()
            .profile(generation)
            .map(DatasetDocuments::profileOf)
            .orElseThrow(
                () ->
                    new PipelineException(
                        "generation "
                            + generation
                            + ": no profile (expected: a prepare run of this version of Alta)"));
    return new PublishedProfile(
        profile,
        splits
            .certificate()
            .orElseThrow(
                () ->
                    new PipelineException(
                        "generation " + generation + ": its cuts contradict each other")));
  }
}
