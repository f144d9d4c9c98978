package dev.alta.scorer;

import static dev.alta.scorer.RunningScorer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.BadRequest;
import dev.alta.core.contract.Column;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RefusalsIT {
  private static final MethodDescriptor<byte[], PredictResponse> RAW_PREDICT =
      ReadmissionServiceGrpc.getPredictMethod().toBuilder(
              new Bytes(), ReadmissionServiceGrpc.getPredictMethod().getResponseMarshaller())
          .build();

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
  void namesEveryRequiredColumnThatIsMissing() {
    assertThat(refused(PredictRequest.getDefaultInstance()))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyElementsOf(Encounters.texts().keySet());
  }

  @Test
  void namesAllFiftyColumnsWhenAllAreWrong() {
    Encounter.Builder wrong = Encounter.newBuilder();
    String nonsense = "nonsense ".repeat(100);
    for (Column column : Encounters.CONTRACT.columns()) {
      switch (column.field().getJavaType()) {
        case INT -> wrong.setField(column.field(), -7);
        case LONG -> wrong.setField(column.field(), -7L);
        default -> wrong.setField(column.field(), nonsense);
      }
    }

    List<BadRequest.FieldViolation> violations =
        refused(PredictRequest.newBuilder().setEncounter(wrong).build());

    assertThat(violations)
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyElementsOf(
            Encounters.CONTRACT.columns().stream().map(Column::name).toList());
    assertThat(violations.get(9).getDescription()).contains("-7 (expected: a whole number");
  }

  @Test
  void saysValueAndExpectationOfAViolation() {
    Encounter long99 = Encounters.withInpatientStays(0).toBuilder().setTimeInHospital(99).build();

    assertThat(refused(PredictRequest.newBuilder().setEncounter(long99).build()))
        .extracting(BadRequest.FieldViolation::getDescription)
        .containsExactly("99 (expected: a whole number from 1 to 14)");
  }

  @Test
  void refusesEncountersThatAreNoCase() {
    Encounter died =
        Encounters.withInpatientStays(0).toBuilder().setDischargeDispositionId(11).build();

    assertThat(refused(PredictRequest.newBuilder().setEncounter(died).build()).get(0).getField())
        .isEqualTo("discharge_disposition_id");
  }

  @Test
  void refusesFieldsItDoesNotKnow() {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    Encounter encounter =
        Encounters.withInpatientStays(0).toBuilder().setUnknownFields(unknown).build();

    assertThat(
            refused(
                PredictRequest.newBuilder()
                    .setEncounter(encounter)
                    .setUnknownFields(unknown)
                    .build()))
        .extracting(BadRequest.FieldViolation::getDescription)
        .anyMatch(description -> description.contains("a field of alta.v1.Encounter"))
        .anyMatch(description -> description.contains("a field of alta.v1.PredictRequest"));
  }

  @Test
  void refusesTenMegabytesAndGoesOn() {
    Encounter large =
        Encounters.withInpatientStays(0).toBuilder().setRace("x".repeat(10_000_000)).build();

    assertThat(refused(PredictRequest.newBuilder().setEncounter(large).build()))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("message");
    assertThat(scorer.predict(Encounters.withInpatientStays(0)).getPrediction()).isEqualTo("NO");
  }

  @Test
  void refusesBytesThatAreNoMessageAndTextThatIsNoUtf8() {
    byte[] noMessage = {0x0A, 0x7F, 1};
    byte[] noUtf8 = {0x0A, 4, 0x1A, 2, (byte) 0xC0, (byte) 0x80};

    for (byte[] bytes : List.of(noMessage, noUtf8)) {
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(
                      scorer.channel(), RAW_PREDICT, CallOptions.DEFAULT, bytes));
      assertThat(failure.getStatus().getCode())
          .as(failure.getMessage())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    assertThat(scorer.predict(Encounters.withInpatientStays(0)).getPrediction()).isEqualTo("NO");
  }

  private static List<BadRequest.FieldViolation> refused(PredictRequest request) {
    return RunningScorer.refused(() -> scorer.client().predict(request));
  }

  /** Sends bytes as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("only for requests");
    }
  }
}
