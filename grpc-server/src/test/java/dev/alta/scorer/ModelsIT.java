package dev.alta.scorer;

import static dev.alta.scorer.RunningScorer.code;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import dev.alta.core.digest.Sha256;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.Publication;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.GetModelFileRequest;
import dev.alta.proto.v1.GetModelFileResponse;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.ListModelsRequest;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.ModelVersion;
import dev.alta.proto.v1.RollBackRequest;
import dev.alta.proto.v1.SetAliasRequest;
import dev.alta.proto.v1.SetAliasResponse;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ModelsIT {
  @TempDir static Path folder;

  private static RunningScorer scorer;

  @BeforeAll
  static void start() throws Exception {
    scorer = RunningScorer.start(folder);
  }

  @AfterAll
  static void stop() {
    scorer.close();
  }

  @Test
  void listsTheVersionsNewestFirstWithWhatBecameOfThem() {
    String version = publish();
    scorer.registry().setAlias("listed", number(version), Optional.empty(), "to try");
    String archived = publish();
    decide(DecisionKind.ARCHIVED, archived);
    String served = scorer.version();

    ListModelsResponse listed = listAfterAChange();

    assertThat(listed.getName()).isEqualTo("readmission");
    assertThat(listed.getServedVersion()).isEqualTo(served);
    assertThat(listed.getModelsList())
        .extracting(model -> number(model.getVersion()))
        .isSortedAccordingTo(Comparator.reverseOrder())
        .contains(number(version))
        .doesNotContain(number(archived));
    ModelVersion model = find(listed, version);
    assertThat(model.getState()).isEqualTo(ModelVersion.State.CANDIDATE);
    assertThat(model.getAliasesList()).containsExactly("listed");
    assertThat(model.getTest().getMeanAuroc()).isEqualTo(0.5);
    assertThat(model.getServed()).isFalse();
    assertThat(find(listed, served).getServed()).isTrue();
    ModelVersion gone = find(list(true), archived);
    assertThat(gone.getState()).isEqualTo(ModelVersion.State.ARCHIVED);
    assertThat(gone.getReason()).isEqualTo("test");
  }

  @Test
  void makesAVersionChampionByADecisionThatSaysWhoAndWhy() {
    String before = champion();
    String version = publish();

    SetAliasResponse answer =
        scorer.admin().setAlias(set("champion", version, "ward asks").build());

    assertThat(answer.getVersion()).isEqualTo(version);
    assertThat(answer.getPreviousVersion()).isEqualTo(before);
    Decision decision = answer.getDecision();
    assertThat(scorer.registry().history().decisions().get(decision.getNumber() - 1))
        .isEqualTo(decision);
    assertThat(decision.getKind()).isEqualTo(DecisionKind.PROMOTED);
    assertThat(decision.getForced()).isTrue();
    assertThat(decision.getWho()).isEqualTo("Ada");
    assertThat(decision.getReason()).isEqualTo("ward asks");
    assertThat(champion()).isEqualTo(version);
    // What was listed before does not hide it.
    ModelVersion listed = find(list(false), version);
    assertThat(listed.getState()).isEqualTo(ModelVersion.State.CHAMPION);
    assertThat(listed.getReason()).isEqualTo("ward asks");
    assertThat(scorer.load("champion").getModelVersion()).isEqualTo(version);
  }

  @Test
  void setsAnAliasOfOnesOwnAndMovesItOnlyFromWhereItIsExpected() {
    SetAliasRequest first = set("staging", "1", "try").setExpectedVersion("").build();

    assertThat(scorer.admin().setAlias(first).getVersion()).isEqualTo("1");
    assertThat(scorer.registry().alias("staging").orElseThrow().reason()).isEqualTo("try (Ada)");
    Status again = RunningScorer.status(() -> scorer.admin().setAlias(first));
    assertThat(again.getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(again.getDescription())
        .isEqualTo("alias staging: points to version 1 (expected: points to no version)");
    SetAliasRequest.Builder second = set("staging", "2", "go on").setExpectedVersion("1");
    assertThat(scorer.admin().setAlias(second.build()).getPreviousVersion()).isEqualTo("1");
    assertThat(code(() -> scorer.admin().setAlias(second.setExpectedVersion("7").build())))
        .isEqualTo(Status.Code.ABORTED);
    assertThat(scorer.load("staging").getModelVersion()).isEqualTo("2");
  }

  @Test
  void refusesInWordsWhatTheRegistryRefuses() {
    assertThat(code(() -> scorer.admin().setAlias(set("champion", "999", "x").build())))
        .isEqualTo(Status.Code.NOT_FOUND);
    String version = publish();
    decide(DecisionKind.ARCHIVED, version);
    Status archived =
        RunningScorer.status(() -> scorer.admin().setAlias(set("champion", version, "x").build()));
    assertThat(archived.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(archived.getDescription())
        .isEqualTo("version " + version + ": archived (expected: one that is not)");
    assertThat(code(() -> scorer.admin().setAlias(set("champion", champion(), "x").build())))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void namesEveryWrongField() {
    SetAliasRequest wrong =
        SetAliasRequest.newBuilder()
            .setAlias("challenger")
            .setVersion("../x")
            .setExpectedVersion("first")
            .build();

    assertThat(RunningScorer.refused(() -> scorer.admin().setAlias(wrong)))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("alias", "version", "expected_version", "who", "reason");
  }

  @Test
  void rollsBackToThePreviousChampionAndForthAgain() {
    String first = champion();
    String second = publish();
    SetAliasResponse set = scorer.admin().setAlias(set("champion", second, "try it").build());
    assertThat(set.getPreviousVersion()).isEqualTo(first);

    RollBackRequest.Builder back = RollBackRequest.newBuilder().setWho("Ada").setReason("alarms");
    Status other =
        RunningScorer.status(() -> scorer.admin().rollBack(expecting(back, first).build()));
    SetAliasResponse answer = scorer.admin().rollBack(expecting(back, second).build());

    assertThat(other.getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(answer.getVersion()).isEqualTo(first);
    assertThat(answer.getPreviousVersion()).isEqualTo(second);
    assertThat(answer.getDecision().getKind()).isEqualTo(DecisionKind.ROLLED_BACK);
    assertThat(answer.getDecision().getVersion()).isEqualTo(second);
    assertThat(answer.getDecision().getReason()).isEqualTo("alarms");
    assertThat(champion()).isEqualTo(first);
    assertThat(scorer.admin().rollBack(back.clearExpectedVersion().build()).getVersion())
        .isEqualTo(second);
    assertThat(
            RunningScorer.refused(
                () -> scorer.admin().rollBack(RollBackRequest.getDefaultInstance())))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("who", "reason");
  }

  @Test
  void describesAnyVersionByItsNumberOrAnAlias() {
    String version = publish();
    scorer.registry().setAlias("described", number(version), Optional.empty(), "to try");

    GetModelResponse byNumber = model(version);
    assertThat(byNumber.getManifest().getVersion()).isEqualTo(version);
    assertThat(byNumber.getManifest().getTest().getMeanAuroc()).isEqualTo(0.5);
    assertThat(byNumber.getAlias()).isEmpty();
    assertThat(byNumber.getClassesList()).containsExactly("NO", ">30", "<30");
    assertThat(byNumber.getFeatures()).isEqualTo(1);
    assertThat(byNumber.getTrees()).isEqualTo(1);
    assertThat(model("described")).isEqualTo(byNumber.toBuilder().setAlias("described").build());
    assertThat(model("").getManifest().getVersion()).isEqualTo(scorer.version());

    Status missing = RunningScorer.status(() -> model("999"));
    assertThat(missing.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(missing.getDescription()).contains("999");
    assertThat(code(() -> model("nobody"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(RunningScorer.refused(() -> model("../1")))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("model");
  }

  @Test
  void givesTheFilesOfAVersionAndRefusesWhatIsDamagedOrTooLarge() throws Exception {
    ByteString card = ByteString.copyFromUtf8("<p>card</p>");
    ByteString large = ByteString.copyFrom(new byte[(2 << 20) + 1]);
    Publication plain = SmallModels.publication(3);
    String version =
        scorer
            .registry()
            .publish(
                new Publication(
                    plain.model(),
                    plain.nativeModel(),
                    plain.about(),
                    number -> Map.of("card.html", card, "large.bin", large, "bad.svg", card)))
            .getVersion();
    Files.writeString(
        folder.resolve("store/models/models/readmission/versions/" + version + "/bad.svg"),
        "<p>cart</p>");

    GetModelFileResponse file = file(version, "card.html");
    assertThat(file.getContent()).isEqualTo(card);
    assertThat(file.getModelVersion()).isEqualTo(version);
    assertThat(file.getSha256()).isEqualTo(Sha256.of(card.asReadOnlyByteBuffer()));

    Status missing = RunningScorer.status(() -> file(version, "none.html"));
    assertThat(missing.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(missing.getDescription())
        .startsWith("file none.html of version " + version + ": not there (expected: ")
        .contains("card.html")
        .doesNotContain("model.pb");
    assertThat(code(() -> file(version, "model.pb"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> file("", "card.html"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(RunningScorer.status(() -> file(version, "large.bin")).getDescription())
        .contains("2097153 bytes (expected: at most 2097152");
    Status damaged = RunningScorer.status(() -> file(version, "bad.svg"));
    assertThat(damaged.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(damaged.getDescription()).contains("bad.svg: damaged");
    assertThat(RunningScorer.refused(() -> file("..", "a/b")))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("model", "name");
  }

  private static RollBackRequest.Builder expecting(RollBackRequest.Builder request, String from) {
    return request.setExpectedVersion(from);
  }

  private static GetModelResponse model(String model) {
    return scorer.client().getModel(GetModelRequest.newBuilder().setModel(model).build());
  }

  private static GetModelFileResponse file(String model, String name) {
    return scorer
        .client()
        .getModelFile(GetModelFileRequest.newBuilder().setModel(model).setName(name).build());
  }

  private static void decide(DecisionKind kind, String version) {
    scorer
        .registry()
        .decide(
            scorer.registry().history(),
            Decision.newBuilder()
                .setKind(kind)
                .setVersion(version)
                .setWho("Ada")
                .setReason("test")
                .build());
  }

  private static ListModelsResponse list(boolean archived) {
    return scorer.client().listModels(ListModelsRequest.newBuilder().setArchived(archived).build());
  }

  /** A list that is not older than this call: a change makes it be read again. */
  private static ListModelsResponse listAfterAChange() {
    String alias = "a" + scorer.registry().aliases().size();
    scorer.admin().setAlias(set(alias, "1", "read again").build());
    return list(false);
  }

  private static ModelVersion find(ListModelsResponse listed, String version) {
    return listed.getModelsList().stream()
        .filter(model -> model.getVersion().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private static String publish() {
    return scorer.registry().publish(SmallModels.publication(3)).getVersion();
  }

  private static String champion() {
    return Integer.toString(scorer.registry().alias(Alias.CHAMPION).orElseThrow().version());
  }

  private static int number(String version) {
    return Integer.parseInt(version);
  }

  private static SetAliasRequest.Builder set(String alias, String version, String reason) {
    return SetAliasRequest.newBuilder()
        .setAlias(alias)
        .setVersion(version)
        .setWho("Ada")
        .setReason(reason);
  }
}
