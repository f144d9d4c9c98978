package dev.alta.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Violation;
import dev.alta.core.contract.ViolationDetails;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.Contribution;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Explanation;
import dev.alta.proto.v1.GetModelFileRequest;
import dev.alta.proto.v1.GetModelFileResponse;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.ListModelsRequest;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import dev.alta.proto.v1.ModelVersion;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.Risk;
import dev.alta.proto.v1.RollBackRequest;
import dev.alta.proto.v1.SetAliasRequest;
import dev.alta.proto.v1.SetAliasResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final AtomicInteger batches = new AtomicInteger();
  private volatile Metadata lastHeaders = new Metadata();
  private volatile long lastDeadlineMillis = -1;
  private volatile boolean silent;
  private final Server server;
  private final ManagedChannel channel;

  private ScorerOnNetty() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .intercept(this::noteHeaders)
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

  /** Starts a gateway before this scorer, without data and with meters of its own. */
  Gateway gateway(GatewaySettings settings) {
    return Gateway.start(
        settings,
        channel,
        Optional.empty(),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        CONTRACT);
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

  /** How often a batch was asked for. */
  int batches() {
    return batches.get();
  }

  PredictRequest lastRequest() {
    return last;
  }

  private <Q, A> ServerCall.Listener<Q> noteHeaders(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    lastHeaders = headers;
    Deadline deadline = Context.current().getDeadline();
    lastDeadlineMillis = deadline == null ? -1 : deadline.timeRemaining(TimeUnit.MILLISECONDS);
    return next.startCall(call, headers);
  }

  /** A header of the last call. */
  Optional<String> lastHeader(String name) {
    return Optional.ofNullable(
        lastHeaders.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
  }

  /** How much time the last call had when it came; -1: any. */
  long lastDeadlineMillis() {
    return lastDeadlineMillis;
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
        answer.onError(StatusProto.toStatusRuntimeException(refusal(rejected.violations())));
      } else {
        finish(answer, prediction(request));
      }
    }

    @Override
    public void predictBatch(
        PredictBatchRequest request, StreamObserver<PredictBatchResponse> answer) {
      batches.incrementAndGet();
      PredictBatchResponse.Builder response = PredictBatchResponse.newBuilder();
      for (int i = 0; i < request.getEncountersCount(); i++) {
        response.addItems(item(request.getEncounters(i), request.getRequestIds(i)));
      }
      finish(answer, response.build());
    }

    /** One medication too many is refused here, though not by the contract. */
    private BatchItem item(Encounter encounter, String id) {
      return encounter.getNumMedications() == 81
          ? BatchItem.newBuilder()
              .setError(refusal(List.of(new Violation("num_medications", "81", "fewer"))))
              .build()
          : BatchItem.newBuilder()
              .setPrediction(
                  prediction(
                      PredictRequest.newBuilder().setEncounter(encounter).setRequestId(id).build()))
              .build();
    }

    @Override
    public void explain(PredictRequest request, StreamObserver<PredictResponse> answer) {
      last = request;
      List<String> classes = request.getExplain().getClassesList();
      PredictResponse.Builder response = prediction(request).toBuilder();
      for (String name : classes.isEmpty() ? CONTRACT.classes() : classes) {
        response.addExplanations(
            Explanation.newBuilder()
                .setClassName(name)
                .setBaseValue(0.5)
                .setMargin(0.75)
                .addContributions(
                    Contribution.newBuilder()
                        .addColumns("number_inpatient")
                        .setLabel("Inpatient stays")
                        .setValue("3")
                        .setContribution(0.25)));
      }
      finish(answer, response.build());
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> answer) {
      ModelVersion.Builder served = ModelVersion.newBuilder().setVersion("7").setServed(true);
      ListModelsResponse.Builder response =
          ListModelsResponse.newBuilder().setServedVersion("7").setName("readmission");
      if (request.getArchived()) {
        response.addModels(
            ModelVersion.newBuilder().setVersion("6").setState(ModelVersion.State.ARCHIVED));
      }
      finish(answer, response.addModels(served.setState(ModelVersion.State.CHAMPION)).build());
    }

    @Override
    public void getModelFile(
        GetModelFileRequest request, StreamObserver<GetModelFileResponse> answer) {
      if (request.getName().equals("none.svg")) {
        answer.onError(
            Status.NOT_FOUND.withDescription("file none.svg: not there").asRuntimeException());
      } else {
        finish(
            answer,
            GetModelFileResponse.newBuilder()
                .setModelVersion(request.getModel())
                .setName(request.getName())
                .setContent(ByteString.copyFromUtf8("content of " + request.getName()))
                .build());
      }
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> answer) {
      if (request.getModel().equals("99")) {
        answer.onError(
            Status.NOT_FOUND.withDescription("model 99: not there").asRuntimeException());
        return;
      }
      Evaluation test = Evaluation.newBuilder().setRows(100).setMeanAuroc(0.68).build();
      finish(
          answer,
          GetModelResponse.newBuilder()
              .setAlias(request.getModel().isEmpty() ? "champion" : request.getModel())
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

    @Override
    public void setAlias(SetAliasRequest request, StreamObserver<SetAliasResponse> answer) {
      finish(
          answer,
          decided(DecisionKind.PROMOTED, request.getVersion(), request.getWho(), "7")
              .setAlias(request.getAlias())
              .build());
    }

    @Override
    public void rollBack(RollBackRequest request, StreamObserver<SetAliasResponse> answer) {
      finish(
          answer,
          decided(DecisionKind.ROLLED_BACK, "6", request.getWho(), request.getExpectedVersion())
              .build());
    }

    private static SetAliasResponse.Builder decided(
        DecisionKind kind, String version, String who, String before) {
      return SetAliasResponse.newBuilder()
          .setVersion(version)
          .setPreviousVersion(before)
          .setDecision(Decision.newBuilder().setNumber(5).setKind(kind).setWho(who));
    }
  }

  private static com.google.rpc.Status refusal(List<Violation> violations) {
    return com.google.rpc.Status.newBuilder()
        .setCode(Code.INVALID_ARGUMENT_VALUE)
        .addDetails(Any.pack(ViolationDetails.write(violations)))
        .build();
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
