package dev.alta.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.database.DatabaseSettings;
import dev.alta.kubernetes.job.JobOrder;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.pipelines.score.ScoreSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobLineTest {
  private static final DatabaseSettings DATABASE =
      new DatabaseSettings("jdbc:postgresql://postgres:5432/alta", "alta", "secret-1");
  private static final StoreSettings STORE =
      new StoreSettings("http://minio:9000", "key", "secret-2", "alta");
  private static final FlinkSettings FLINK = new FlinkSettings(FlinkSettings.LOCAL, 3);

  @Test
  void saysAllOfAnIngestAndNoSecret() {
    JobOrder order =
        JobLine.of(
            IngestSettings.of(DATABASE, "s3://alta/a.csv")
                .withStore(Optional.of(STORE))
                .withMaxRejects(0.5)
                .withFlink(FLINK)
                .ofWorkflow(7));
    assertThat(order.kind()).isEqualTo("ingest");
    assertThat(order.parallelism()).isEqualTo(3);
    assertThat(order.workflow()).hasValue(7);
    assertThat(order.args())
        .containsExactly(
            "ingest",
            "--data=s3://alta/a.csv",
            "--batchRows=15000",
            "--maxRejects=0.5",
            "--databaseUrl=jdbc:postgresql://postgres:5432/alta",
            "--databaseUser=alta",
            "--storeUrl=http://minio:9000",
            "--storeAccessKey=key",
            "--storeBucket=alta",
            "--parallelism=3",
            "--workflow=7");
  }

  @Test
  void saysAllOfAPrepareAndOfAScore() {
    assertThat(
            JobLine.of(PrepareSettings.of(DATABASE).withSeed(-5).withStore(STORE).withFlink(FLINK))
                .args())
        .startsWith("prepare", "--seed=-5")
        .doesNotContain("--workflow=0");
    JobOrder score =
        JobLine.of(
            ScoreSettings.of(STORE, DATABASE, "readmission", "table:clean_data", "s3://alta/o.csv")
                .withReasons(2)
                .withRanked(true)
                .withVersion(Optional.of(4)),
            DATABASE);
    assertThat(score.args())
        .startsWith(
            "score",
            "--input=table:clean_data",
            "--output=s3://alta/o.csv",
            "--reasons=2",
            "--rank=true",
            "--modelVersion=4");
    assertThat(String.join(" ", score.args())).doesNotContain("secret");
  }
}
