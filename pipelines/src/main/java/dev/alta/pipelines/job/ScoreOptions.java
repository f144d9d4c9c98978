package dev.alta.pipelines.job;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** Options of the job {@code score}. */
public interface ScoreOptions extends DatabaseOptions, StoreOptions {
  @Description(
      "encounters: CSV or CSV.gz at s3://bucket/key, also a pattern; table:raw_data or"
          + " table:clean_data; or a query, SELECT …, whose columns have the names of an"
          + " encounter's")
  @Validation.Required
  String getInput();

  void setInput(String input);

  @Description(
      "s3://bucket/key: JSON lines if it ends in .jsonl, else CSV, compressed if .gz follows; or"
          + " table:name")
  @Validation.Required
  String getOutput();

  void setOutput(String output);

  @Description("how many columns are named for each row that moved its risk most")
  @Default.Integer(0)
  Integer getReasons();

  void setReasons(Integer count);

  @Description("true: the highest risk first, in place of the order of the input")
  @Default.Boolean(false)
  Boolean getRank();

  void setRank(Boolean rank);

  @Description("version of the model; 0 for the champion")
  @Default.Integer(0)
  Integer getModelVersion();

  void setModelVersion(Integer version);

  @Description("true: all workers see the same files as this program, so that paths may be given")
  @Default.Boolean(false)
  Boolean getSharedFiles();

  void setSharedFiles(Boolean shared);
}
