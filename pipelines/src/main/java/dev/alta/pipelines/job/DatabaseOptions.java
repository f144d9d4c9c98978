package dev.alta.pipelines.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** Where the database is: of every job. */
public interface DatabaseOptions extends PipelineOptions {
  @Description(
      "jdbc:postgresql://host:port/database or postgresql://user@host:port/database, as the"
          + " cluster's workers reach it")
  @Validation.Required
  String getDatabaseUrl();

  void setDatabaseUrl(String url);

  @Description("whom to log in as")
  @Default.String("alta")
  String getDatabaseUser();

  void setDatabaseUser(String user);

  @Description("better given as ALTA_DATABASE_PASSWORD in the environment of this program")
  @JsonIgnore // Flink shows options on its page
  @Default.String("")
  String getDatabasePassword();

  void setDatabasePassword(String password);

  @Description("number of the workflow that asks for it, for the list of runs; 0 for none")
  @Default.Long(0)
  Long getWorkflow();

  void setWorkflow(Long number);
}
