package dev.alta.pipelines.job;

import dev.alta.pipelines.ingest.IngestSettings;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** Options of the job {@code ingest}. */
public interface IngestOptions extends DatabaseOptions, StoreOptions {
  @Description(
      "CSV or CSV.gz: s3://bucket/key, or a path that every worker sees; or the URL of an"
          + " incremental source")
  @Validation.Required
  String getData();

  void setData(String data);

  @Description("what the batches are numbered within; empty for the file's name or the URL")
  @Default.String("")
  String getSource();

  void setSource(String source);

  @Description("rows of a batch of a file; always the same for one source")
  @Default.Integer(IngestSettings.BATCH_ROWS)
  Integer getBatchRows();

  void setBatchRows(Integer rows);

  @Description("share of the rows that may be rejected before it fails, 0 to 1")
  @Default.Double(IngestSettings.MAX_REJECTS)
  Double getMaxRejects();

  void setMaxRejects(Double share);
}
