package dev.alta.gateway;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.ViolationDetails;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.Risk;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A small scorer of the same protocol: checks the encounter like the real one and computes its
 * answer from the number of inpatient stays. The test can tell it to fail with a status, or not to
 * answer at all.
 */
final class ScorerOnNetty implements AutoCloseable {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  private final HealthStatusManager health = new HealthStatusManager();
  private final AtomicReference<@Nullable StatusRuntimeException> failure = new AtomicReference<>();
  private volatile PredictRequest last = PredictRequest.getDefaultInstance();
  private volatile boolean silent;
  private final Server server;
  private final ManagedChannel channel;

  private ScorerOnNetty() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(new Service())
            .addService(new Admin())
            .addService(health.getHealthService())
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  static ScorerOnNetty start() throws IOException {
    return new ScorerOnNetty();
  }

  ManagedChannel channel() {
    return channel;
  }

  /** From now on every call ends so; null: answer again. */
  void failWith(@Nullable StatusRuntimeException status) {
    failure.set(status);
  }

  void beSilent() {
    silent = true;
  }

  void serving(boolean serving) {
    health.setStatus("", serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  PredictRequest lastRequest() {
    return last;
  }

  /** The server goes away; the channel stays and finds nobody. */
  void stop() {
    server.shutdownNow();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private final class Service extends ReadmissionServiceGrpc.ReadmissionServiceImplBase {
    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> answer) {
      last = request;
      if (Intake.check(CONTRACT, Door.SCORE, request.getEncounter())
          instanceof Checked.Rejected rejected) {
        answer.onError(
            StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                    .setCode(Code.INVALID_ARGUMENT_VALUE)
                    .addDetails(Any.pack(ViolationDetails.write(rejected.violations())))
                    .build()));
      } else {
        finish(answer, prediction(request));
      }
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> answer) {
      Evaluation test = Evaluation.newBuilder().setRows(100).setMeanAuroc(0.68).build();
      finish(
          answer,
          GetModelResponse.newBuilder()
              .setAlias("champion")
              .setManifest(
                  Manifest.newBuilder()
                      .setVersion("7")
                      .setCreatedAt("2026-01-02T03:04:05Z")
                      .setTest(test)
                      .setProvenance(Provenance.newBuilder().setSeed(42).putSettings("depth", "6")))
              .addAllClasses(CONTRACT.classes())
              .setFeatures(117)
              .build());
    }
  }

  private final class Admin extends ModelAdminServiceGrpc.ModelAdminServiceImplBase {
    @Override
    public void loadModel(LoadModelRequest request, StreamObserver<LoadModelResponse> answer) {
      finish(
          answer,
          LoadModelResponse.newBuilder()
              .setModelAlias("champion")
              .setModelVersion(request.getModel().isEmpty() ? "7" : request.getModel())
              .build());
    }
  }

  private <T> void finish(StreamObserver<T> answer, T response) {
    StatusRuntimeException status = failure.get();
    if (status != null) {
      answer.onError(status);
    } else if (!silent) {
      answer.onNext(response);
      answer.onCompleted();
    }
  }

  private static PredictResponse prediction(PredictRequest request) {
    double urgent = Math.min(0.9, 0.1 + 0.2 * request.getEncounter().getNumberInpatient());
    return PredictResponse.newBuilder()
        .setPrediction(urgent > 0.5 ? "<30" : "NO")
        .putProbabilities("<30", urgent)
        .putProbabilities(">30", (1 - urgent) / 4)
        .putProbabilities("NO", 3 * (1 - urgent) / 4)
        .setProbabilityReadmitted(urgent + (1 - urgent) / 4)
        .setProbabilityWithin30Days(urgent)
        .setRisk(urgent > 0.5 ? Risk.HIGH : Risk.LOW)
        .setRiskPercentile(100 * urgent)
        .setModelAlias("champion")
        .setModelVersion("7")
        .setRequestId(request.getRequestId().isEmpty() ? "made-up" : request.getRequestId())
        .build();
  }
}
