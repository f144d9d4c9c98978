package dev.alta.scorer;

import static dev.alta.scorer.RunningScorer.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.alta.proto.inference.InferParameter;
import dev.alta.proto.inference.InferTensorContents;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelInferRequest.InferInputTensor;
import dev.alta.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.alta.proto.inference.ModelInferResponse;
import dev.alta.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.alta.proto.inference.ModelMetadataRequest;
import dev.alta.proto.inference.ModelMetadataResponse;
import dev.alta.proto.inference.ModelMetadataResponse.TensorMetadata;
import dev.alta.proto.inference.ModelReadyRequest;
import dev.alta.proto.inference.ServerLiveRequest;
import dev.alta.proto.inference.ServerMetadataRequest;
import dev.alta.proto.inference.ServerReadyRequest;
import dev.alta.proto.v1.PredictResponse;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class InferenceIT {
  private static final List<String> OUTPUTS =
      List.of(
          "prediction",
          "probabilities",
          "probability_readmitted",
          "probability_within_30_days",
          "risk",
          "risk_percentile");

  @TempDir static Path folder;

  private static RunningScorer scorer;
  private static GRPCInferenceServiceBlockingStub client;

  @BeforeAll
  static void start() throws Exception {
    scorer = RunningScorer.start(folder);
    client = GRPCInferenceServiceGrpc.newBlockingStub(scorer.channel());
  }

  @AfterAll
  static void stop() {
    scorer.close();
  }

  @Test
  void answersTypedTensorsInAnyOrderAsPredictDoes() {
    List<PredictResponse> expected =
        IntStream.range(0, 3)
            .mapToObj(stays -> scorer.predict(Encounters.withInpatientStays(stays)))
            .toList();
    List<InferInputTensor> inputs = Tensors.typed(3);
    Collections.reverse(inputs);

    ModelInferResponse answer =
        client.modelInfer(request().addAllInputs(inputs).setId("mine").build());

    assertThat(answer.getModelName()).isEqualTo("readmission");
    assertThat(answer.getModelVersion()).isEqualTo("1");
    assertThat(answer.getId()).isEqualTo("mine");
    assertThat(answer.getParametersOrThrow("model_alias").getStringParam()).isEqualTo("champion");
    assertThat(answer.getRawOutputContentsList()).isEmpty();
    assertThat(answer.getOutputsList())
        .extracting(InferOutputTensor::getName)
        .containsExactlyElementsOf(OUTPUTS);
    assertThat(output(answer, "prediction").getContents().getBytesContentsList())
        .extracting(ByteString::toStringUtf8)
        .containsExactly("NO", "NO", "<30");
    assertThat(output(answer, "risk").getContents().getBytesContentsList())
        .extracting(ByteString::toStringUtf8)
        .containsExactlyElementsOf(expected.stream().map(p -> p.getRisk().name()).toList());
    assertThat(output(answer, "probability_within_30_days").getContents().getFp64ContentsList())
        .containsExactlyElementsOf(
            expected.stream().map(PredictResponse::getProbabilityWithin30Days).toList());
    assertThat(output(answer, "risk_percentile").getContents().getFp64ContentsList())
        .containsExactlyElementsOf(
            expected.stream().map(PredictResponse::getRiskPercentile).toList());
    InferOutputTensor probabilities = output(answer, "probabilities");
    assertThat(probabilities.getShapeList()).containsExactly(3L, 3L);
    assertThat(probabilities.getParametersOrThrow("classes").getStringParam())
        .isEqualTo("NO,>30,<30");
    assertThat(probabilities.getContents().getFp64Contents(8))
        .isEqualTo(expected.get(2).getProbabilitiesOrThrow("<30"));
  }

  @Test
  void answersRawTensorsRaw() {
    ModelInferResponse answer = client.modelInfer(Tensors.raw(request(), 3).build());

    assertThat(answer.getOutputsList()).noneMatch(InferOutputTensor::hasContents);
    assertThat(answer.getRawOutputContentsList()).hasSize(OUTPUTS.size());
    ByteBuffer predictions = little(answer.getRawOutputContents(0));
    assertThat(text(predictions)).isEqualTo("NO");
    assertThat(text(predictions)).isEqualTo("NO");
    assertThat(text(predictions)).isEqualTo("<30");
    assertThat(predictions.hasRemaining()).isFalse();
    ByteBuffer probabilities = little(answer.getRawOutputContents(1));
    assertThat(probabilities.remaining()).isEqualTo(3 * 3 * Double.BYTES);
    assertThat(probabilities.getDouble(8 * Double.BYTES))
        .isCloseTo(SmallModels.urgent(1), within(1e-6));
  }

  @Test
  void givesOnlyTheOutputsThatWereAskedForInThatOrder() {
    ModelInferRequest.Builder request = Tensors.raw(request(), 2);
    request.addOutputs(InferRequestedOutputTensor.newBuilder().setName("risk"));
    request.addOutputs(InferRequestedOutputTensor.newBuilder().setName("prediction"));

    ModelInferResponse answer = client.modelInfer(request.build());

    assertThat(answer.getOutputsList())
        .extracting(InferOutputTensor::getName)
        .containsExactly("risk", "prediction");
    assertThat(answer.getRawOutputContentsList()).hasSize(2);
    assertThat(text(little(answer.getRawOutputContents(0)))).isEqualTo("LOW");
  }

  @Test
  void takesWholeNumbersInEveryTypeThatHoldsThem() {
    for (String type :
        List.of(
            "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "FP32",
            "FP64", "BYTES")) {
      List<InferInputTensor> typed = Tensors.typed(2);
      Tensors.replace(typed, Tensors.numbers("number_inpatient", type, 0, 2));
      ModelInferRequest.Builder raw = Tensors.raw(request(), 2);
      Tensors.replaceRaw(raw, "number_inpatient", type, 0, 2);

      assertThat(
              output(client.modelInfer(request().addAllInputs(typed).build()), "prediction")
                  .getContents()
                  .getBytesContentsList())
          .as(type)
          .extracting(ByteString::toStringUtf8)
          .containsExactly("NO", "<30");
      ByteBuffer predictions = little(client.modelInfer(raw.build()).getRawOutputContents(0));
      assertThat(text(predictions) + " " + text(predictions)).as(type).isEqualTo("NO <30");
    }
  }

  @Test
  void takesTruthForColumnsOfYesAndNo() {
    List<InferInputTensor> inputs = Tensors.typed(2);
    Tensors.replace(
        inputs,
        InferInputTensor.newBuilder()
            .setName("diabetes_med")
            .setDatatype("BOOL")
            .addShape(2)
            .addShape(1)
            .setContents(
                InferTensorContents.newBuilder().addBoolContents(true).addBoolContents(false))
            .build());

    assertThat(client.modelInfer(request().addAllInputs(inputs).build()).getOutputsCount())
        .isEqualTo(OUTPUTS.size());
  }

  @Test
  void answersBatchesOfOneTo4096AndNoLargerOnes() {
    ModelInferResponse answer = client.modelInfer(Tensors.raw(request(), 4_096).build());
    ByteBuffer urgent = little(answer.getRawOutputContents(3));

    assertThat(urgent.remaining()).isEqualTo(4_096 * Double.BYTES);
    // Row 4094 has 4094 % 3 = 2 inpatient stays.
    assertThat(urgent.getDouble(4_094 * Double.BYTES))
        .isCloseTo(SmallModels.urgent(1), within(1e-6));
    assertThat(refused(Tensors.raw(request(), 4_097)))
        .isNotEmpty()
        .allMatch(violation -> violation.contains("n from 1 to 4096"));
  }

  @Test
  void namesEveryElementThatIsWrong() {
    List<InferInputTensor> inputs = Tensors.typed(3);
    Tensors.replace(inputs, Tensors.numbers("time_in_hospital", "INT32", 1, 99, -2));
    Tensors.replace(inputs, Tensors.numbers("num_medications", "INT8", 1, 300, 1));
    Tensors.replace(inputs, Tensors.texts("gender", "Male", "Female", "F"));
    Tensors.replace(inputs, Tensors.texts("age", "[0-10)", "", "[0-10)"));

    assertThat(refused(request().addAllInputs(inputs)))
        .containsExactlyInAnyOrder(
            "time_in_hospital[1]: 99 (expected: a whole number from 1 to 14)",
            "time_in_hospital[2]: -2 (expected: a whole number from 1 to 14)",
            "num_medications[1]: 300 (expected: a number that INT8 can hold)",
            "gender[2]: F (expected: one of Female, Male, Unknown/Invalid)",
            "age[1]: missing (expected: " + Encounters.CONTRACT.column("age").expectation() + ")");
  }

  @Test
  void namesEveryTensorThatIsWrong() {
    List<InferInputTensor> inputs = Tensors.typed(2);
    Tensors.replace(inputs, Tensors.numbers("age", "INT64", 1, 2));
    Tensors.replace(inputs, Tensors.numbers("num_procedures", "INT64", 1, 2, 3));
    Tensors.replace(inputs, Tensors.texts("gender", "Male").toBuilder().setShape(0, 2).build());
    Tensors.replace(
        inputs,
        Tensors.numbers("num_medications", "INT64", 1, 2).toBuilder().setDatatype("INT32").build());
    inputs.add(Tensors.texts("agee", "x", "y"));
    inputs.removeIf(input -> input.getName().equals("time_in_hospital"));
    ModelInferRequest.Builder request = request().addAllInputs(inputs);
    request.addOutputs(InferRequestedOutputTensor.newBuilder().setName("riks"));

    List<String> violations = refused(request);

    assertThat(violations)
        .contains(
            "age: datatype INT64 (expected: datatype BYTES)",
            "num_procedures: shape [3] (expected: shape [2] or [2, 1], as the first tensor has)",
            "gender: 1 elements in bytes_contents (expected: 2 elements, as its shape says)",
            "num_medications: 2 elements in int64_contents (expected: int_contents only, as it is"
                + " of INT32)",
            "agee: a tensor (expected: a column of alta.v1.Encounter, such as age)")
        .anyMatch(violation -> violation.startsWith("outputs[0]: riks (expected: one of pred"))
        .anyMatch(violation -> violation.startsWith("time_in_hospital: missing (expected: a tens"));
  }

  @Test
  void namesRawContentsThatDoNotFit() {
    ModelInferRequest.Builder fewer = Tensors.raw(request(), 2);
    int last = fewer.getInputsCount() - 1;
    ModelInferRequest.Builder unpaired =
        Tensors.raw(request(), 2).clearRawInputContents().addRawInputContents(ByteString.EMPTY);
    ModelInferRequest.Builder cut = Tensors.raw(request(), 2);
    for (int i = 0; i <= last; i++) {
      ByteString bytes = cut.getRawInputContents(i);
      cut.setRawInputContents(i, bytes.substring(0, bytes.size() - 1));
    }

    assertThat(refused(unpaired)).anyMatch(v -> v.startsWith("raw_input_contents: 1 of them"));
    assertThat(refused(cut))
        .contains("number_inpatient: 15 bytes (expected: 16 bytes, for 2 elements of INT64)")
        .anyMatch(v -> v.startsWith("gender[1]: ") && v.contains("as its length says"));
    fewer.setInputs(0, Tensors.typed(2).get(0));
    assertThat(refused(fewer))
        .anyMatch(v -> v.endsWith("contents (expected: none, as raw_input_contents are given)"));
  }

  @Test
  void refusesTextsThatAreNoUtf8AndSharedMemory() {
    List<InferInputTensor> inputs = Tensors.typed(1);
    Tensors.replace(
        inputs,
        Tensors.texts("race", "x").toBuilder()
            .setContents(
                InferTensorContents.newBuilder()
                    .addBytesContents(ByteString.copyFrom(new byte[] {(byte) 0xC0, 1})))
            .build());
    Tensors.replace(
        inputs,
        Tensors.texts("gender", "Male").toBuilder()
            .putParameters(
                "shared_memory_region", InferParameter.newBuilder().setStringParam("r").build())
            .build());

    assertThat(refused(request().addAllInputs(inputs)))
        .anyMatch(violation -> violation.startsWith("race[0]: 2 bytes that are no UTF-8"))
        .anyMatch(violation -> violation.startsWith("gender: parameter shared_memory_region"));
  }

  @Test
  void knowsOneModelAndOneVersion() {
    ModelInferRequest.Builder good = Tensors.raw(request(), 1);

    for (String version : List.of("1", "champion")) {
      assertThat(client.modelInfer(good.setModelVersion(version).build()).getModelVersion())
          .isEqualTo("1");
    }
    Status other = RunningScorer.status(() -> client.modelInfer(good.setModelVersion("2").build()));
    assertThat(other.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(other.getDescription())
        .isEqualTo("model readmission version 2: not served (expected: 1, champion, or none)");
    assertThat(code(() -> client.modelInfer(good.setModelName("iris").build())))
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> client.modelMetadata(metadata("iris")))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(
            code(() -> client.modelReady(ModelReadyRequest.newBuilder().setName("iris").build())))
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(
            client
                .modelReady(ModelReadyRequest.newBuilder().setName("readmission").build())
                .getReady())
        .isTrue();
  }

  @Test
  void describesItselfAndItsTensors() {
    assertThat(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
    assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
    assertThat(client.serverMetadata(ServerMetadataRequest.getDefaultInstance()).getVersion())
        .matches("[0-9].*");
    ModelMetadataResponse metadata = client.modelMetadata(metadata("readmission"));
    assertThat(metadata.getVersionsList()).containsExactly("1");
    assertThat(metadata.getInputsList())
        .extracting(TensorMetadata::getName)
        .containsAll(Encounters.texts().keySet())
        .doesNotContain(Encounters.CONTRACT.target().name());
    assertThat(metadata.getInputsList())
        .contains(
            TensorMetadata.newBuilder().setName("age").setDatatype("BYTES").addShape(-1).build(),
            TensorMetadata.newBuilder()
                .setName("time_in_hospital")
                .setDatatype("INT64")
                .addShape(-1)
                .build());
    assertThat(metadata.getOutputs(1).getShapeList()).containsExactly(-1L, 3L);
  }

  @Test
  void countsRequestsAndViolationsByColumn() throws Exception {
    List<InferInputTensor> inputs = Tensors.typed(1);
    Tensors.replace(inputs, Tensors.texts("gender", "F"));
    assertThat(refused(request().addAllInputs(inputs))).hasSize(1);

    assertThat(scorer.scrape())
        .containsPattern("predict_violations_total\\{field=\"gender\"} [1-9]")
        .containsPattern(
            "predict_requests_total\\{method=\"ModelInfer\",status=\"INVALID_ARGUMENT\"} [1-9]");
  }

  private static ModelInferRequest.Builder request() {
    return ModelInferRequest.newBuilder().setModelName("readmission");
  }

  private static ModelMetadataRequest metadata(String name) {
    return ModelMetadataRequest.newBuilder().setName(name).build();
  }

  private static List<String> refused(ModelInferRequest.Builder request) {
    List<BadRequest.FieldViolation> violations =
        RunningScorer.refused(() -> client.modelInfer(request.build()));
    return violations.stream().map(v -> v.getField() + ": " + v.getDescription()).toList();
  }

  private static InferOutputTensor output(ModelInferResponse answer, String name) {
    return answer.getOutputsList().stream()
        .filter(output -> output.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ByteBuffer little(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[bytes.getInt()];
    bytes.get(text);
    return ByteString.copyFrom(text).toStringUtf8();
  }
}
