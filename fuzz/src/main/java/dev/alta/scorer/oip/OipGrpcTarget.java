package dev.alta.scorer.oip;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Violation;
import dev.alta.core.contract.ViolationDetails;
import dev.alta.fuzz.Expect;
import dev.alta.fuzz.SmallModel;
import dev.alta.proto.inference.InferTensorContents;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelInferRequest.InferInputTensor;
import dev.alta.proto.inference.ModelInferResponse;
import dev.alta.scorer.predict.Admission;
import dev.alta.scorer.predict.Answering;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.Loaded;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ModelInferRequest's bytes, up to the answer. */
public final class OipGrpcTarget {
  private static final LiveModel MODEL = Loaded.of(SmallModel.CONTRACT, SmallModel.model());
  private static final Answering ANSWERING =
      new Answering(
          SmallModel.CONTRACT,
          () -> Optional.of(MODEL),
          new SimpleMeterRegistry(),
          answered -> {},
          () -> "made-up",
          Clock.systemUTC());
  private static final Inference INFERENCE =
      new Inference(
          SmallModel.CONTRACT,
          new Admission(SmallModel.CONTRACT),
          ANSWERING,
          new Served(ANSWERING));

  private OipGrpcTarget() {}

  public static List<byte[]> seeds() {
    return List.of(typed().toByteArray(), raw().toByteArray());
  }

  private static InferInputTensor.Builder tensor(String name, boolean isText) {
    return InferInputTensor.newBuilder()
        .setName(name)
        .setDatatype(isText ? "BYTES" : "INT64")
        .addShape(1);
  }

  private static boolean isText(String column) {
    return SmallModel.CONTRACT.column(column).type() == Column.Type.TEXT;
  }

  private static ModelInferRequest typed() {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("readmission");
    for (Map.Entry<String, String> text : SmallModel.texts().entrySet()) {
      InferTensorContents.Builder contents = InferTensorContents.newBuilder();
      if (isText(text.getKey())) {
        contents.addBytesContents(ByteString.copyFromUtf8(text.getValue()));
      } else {
        contents.addInt64Contents(Long.parseLong(text.getValue()));
      }
      request.addInputs(tensor(text.getKey(), isText(text.getKey())).setContents(contents));
    }
    return request.build();
  }

  private static ModelInferRequest raw() {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("readmission");
    for (Map.Entry<String, String> text : SmallModel.texts().entrySet()) {
      byte[] bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
      ByteBuffer element =
          ByteBuffer.allocate(isText(text.getKey()) ? Integer.BYTES + bytes.length : Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      if (isText(text.getKey())) {
        element.putInt(bytes.length).put(bytes);
      } else {
        element.putLong(Long.parseLong(text.getValue()));
      }
      request.addInputs(tensor(text.getKey(), isText(text.getKey())));
      request.addRawInputContents(ByteString.copyFrom(element.flip()));
    }
    return request.build();
  }

  public static boolean run(byte[] input) throws InvalidProtocolBufferException {
    ModelInferRequest request;
    try {
      request = ModelInferRequest.parseFrom(input);
    } catch (InvalidProtocolBufferException malformed) {
      return false;
    }
    return answer(request).isPresent();
  }

  /** What the scorer answers; empty where it refuses. */
  public static Optional<ModelInferResponse> answer(ModelInferRequest request)
      throws InvalidProtocolBufferException {
    ModelInferResponse response;
    try {
      response = INFERENCE.infer(request, 0);
    } catch (StatusRuntimeException refused) {
      refused(refused);
      return Optional.empty();
    }
    Expect.that(
        response.getRawOutputContentsCount() == 0
            || response.getRawOutputContentsCount() == response.getOutputsCount(),
        "raw contents of some outputs only");
    return Optional.of(response);
  }

  private static void refused(StatusRuntimeException refused)
      throws InvalidProtocolBufferException {
    Status.Code code = refused.getStatus().getCode();
    Expect.that(
        code == Status.Code.INVALID_ARGUMENT || code == Status.Code.NOT_FOUND,
        refused.getStatus().toString());
    Expect.that(refused.getStatus().getDescription() != null, "a refusal without words");
    com.google.rpc.Status status = StatusProto.fromThrowable(refused);
    if (code == Status.Code.INVALID_ARGUMENT && status != null) {
      List<Violation> violations =
          ViolationDetails.read(status.getDetails(0).unpack(BadRequest.class));
      Expect.that(!violations.isEmpty(), "refused without a reason");
      Expect.that(status.getSerializedSize() < 8_000, "more than a client takes in headers");
    }
  }
}
