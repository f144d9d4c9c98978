package dev.alta.pipelines.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Where the buckets are: of the jobs that read or write files in them. */
public interface StoreOptions extends PipelineOptions {
  @Description("S3 endpoint for s3:// addresses, models and certificates: http://host:port")
  @Default.String("")
  String getStoreUrl();

  void setStoreUrl(String url);

  @Description("whom the object store knows you as")
  @JsonIgnore
  @Default.String("")
  String getStoreAccessKey();

  void setStoreAccessKey(String key);

  @Description("better given as ALTA_STORE_SECRET_KEY in the environment of this program")
  @JsonIgnore
  @Default.String("")
  String getStoreSecretKey();

  void setStoreSecretKey(String key);

  @Description("bucket of models and certificates")
  @Default.String("alta")
  String getStoreBucket();

  void setStoreBucket(String bucket);
}
