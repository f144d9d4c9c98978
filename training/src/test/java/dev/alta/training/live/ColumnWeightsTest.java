package dev.alta.training.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Linear;
import dev.alta.proto.v1.Model;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ColumnWeightsTest {
  @Test
  void areTheSharesOfTheQuestionsThatRowsAreAsked() {
    Model model =
        Model.newBuilder()
            .setEncoder(
                Encoder.newBuilder()
                    .addFeatures(Feature.newBuilder().setColumn("age"))
                    .addFeatures(Feature.newBuilder().setColumn("race"))
                    .addFeatures(Feature.newBuilder().setColumn("age"))
                    .addFeatures(Feature.newBuilder().setColumn("weight")))
            // Two trees: one asks all 100 rows and 60 of them again, the other asks 40.
            .setForest(
                Forest.newBuilder()
                    .addAllFeature(List.of(0, 1, -1, -1, -1, 2, -1, -1))
                    .addAllCover(List.of(100f, 60f, 30f, 30f, 40f, 40f, 20f, 20f)))
            .build();
    assertThat(ColumnWeights.of(model)).isEqualTo(Map.of("age", 0.7, "race", 0.3));
  }

  @Test
  void areTheSizesOfTheWeightsOfALinearModel() {
    Model model =
        Model.newBuilder()
            .setEncoder(
                Encoder.newBuilder()
                    .addFeatures(Feature.newBuilder().setColumn("age"))
                    .addFeatures(Feature.newBuilder().setColumn("race"))
                    .addFeatures(Feature.newBuilder().setColumn("weight")))
            // Age is scaled; race is a question that half of the rows answer with yes.
            .setLinear(
                Linear.newBuilder()
                    .addAllBias(List.of(0.0, 0.0))
                    .addAllMean(List.of(60.0, 1.0, 70.0))
                    .addAllDeviation(List.of(10.0, 0.0, 9.0))
                    .addAllAverage(List.of(0.0, 0.5, 0.0))
                    .addAllWeight(List.of(2.0, -4.0, 4.0, 0.0, 0.0, 0.0)))
            .build();
    assertThat(ColumnWeights.of(model)).isEqualTo(Map.of("age", 0.75, "race", 0.25));
  }
}
