package dev.alta.scorer.predict;

import com.google.protobuf.MessageLite;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.RowMessage;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.GetModelFileRequest;
import dev.alta.proto.v1.GetModelFileResponse;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.Sample;
import dev.alta.scorer.call.CallMeter;
import dev.alta.scorer.call.ReadableMessages;
import dev.alta.scorer.log.PredictionLog;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.Warming;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a model's samples the way of a request, from the bytes of one to the bytes of its answer,
 * as often as it takes the compiler to notice. What is counted there nobody sees, and nothing is
 * logged.
 */
final class WarmUp implements Warming {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final int FIRST_ROUNDS = 2_500;
  // The code is compiled by then; only the model's own data have to come near.
  private static final int ROUNDS = 64;
  // Each takes many times as long.
  private static final int FIRST_ROUNDS_OF_REASONS = 40;
  private static final int ROUNDS_OF_REASONS = 8;
  private static final int FIRST_ROUNDS_OF_BATCHES = 20;
  private static final int ROUNDS_OF_BATCHES = 2;

  private final Contract contract;
  private final Admission admission;
  private boolean isCompiled;

  /**
   * Takes what does not change with the model.
   *
   * @param admission the scorer's own: each one that is made binds getters by classes of its own,
   *     which the JVM never forgets
   */
  WarmUp(Contract contract, Admission admission) {
    this.contract = contract;
    this.admission = admission;
  }

  @Override
  public void warm(LiveModel model, List<Sample> samples) {
    ServerServiceDefinition service = service(model);
    List<PredictRequest> rows =
        samples.stream()
            .map(sample -> PredictRequest.newBuilder().setEncounter(encounter(sample)).build())
            .toList();
    PredictBatchRequest.Builder batch = PredictBatchRequest.newBuilder();
    rows.forEach(row -> batch.addEncounters(row.getEncounter()));
    int rounds = isCompiled ? ROUNDS : FIRST_ROUNDS;
    int ofReasons = isCompiled ? ROUNDS_OF_REASONS : FIRST_ROUNDS_OF_REASONS;
    int ofBatches = isCompiled ? ROUNDS_OF_BATCHES : FIRST_ROUNDS_OF_BATCHES;
    isCompiled = true;
    long bytes =
        rehearse(service, ReadmissionServiceGrpc.getPredictMethod(), rows, rounds)
            + rehearse(service, ReadmissionServiceGrpc.getExplainMethod(), rows, ofReasons)
            + rehearse(
                service,
                ReadmissionServiceGrpc.getPredictBatchMethod(),
                List.of(batch.build()),
                ofBatches);
    log.debug("warmed with {} answers, {} bytes with reasons and batches", rounds, bytes);
  }

  /** There is no registry to ask, and nobody asks. */
  private static final class NoVersions implements ReadmissionEndpoint.Versions {
    @Override
    public CompletableFuture<ListModelsResponse> list(boolean archived) {
      return none();
    }

    @Override
    public CompletableFuture<GetModelResponse> describe(GetModelRequest request) {
      return none();
    }

    @Override
    public CompletableFuture<GetModelFileResponse> file(GetModelFileRequest request) {
      return none();
    }

    private static <T> CompletableFuture<T> none() {
      return CompletableFuture.failedFuture(Status.UNIMPLEMENTED.asException());
    }
  }

  /** The service as it stands behind a connection, for this model alone. */
  private ServerServiceDefinition service(LiveModel model) {
    MeterRegistry unseen = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Answering answering =
        new Answering(
            contract,
            () -> Optional.of(model),
            unseen,
            PredictionLog::rehearse,
            () -> "warm-up",
            Clock.systemUTC());
    ReadmissionEndpoint endpoint =
        ReadmissionEndpoint.of(
            new ReadmissionEndpoint.Parts(
                contract,
                admission,
                answering,
                new NoVersions(),
                unseen,
                Runnable::run,
                Runnable::run,
                Runnable::run));
    return ServerInterceptors.intercept(ReadableMessages.only(endpoint), new CallMeter(unseen));
  }

  @SuppressWarnings("unchecked") // The messages are streams of bytes, by ReadableMessages.
  private static long rehearse(
      ServerServiceDefinition service,
      MethodDescriptor<?, ?> of,
      List<? extends MessageLite> requests,
      int rounds) {
    var method = service.getMethod(of.getFullMethodName());
    if (method == null) {
      throw new IllegalStateException(of.getFullMethodName() + " is no method of the service");
    }
    long bytes = 0;
    List<byte[]> wire = requests.stream().map(MessageLite::toByteArray).toList();
    for (int i = 0; i < rounds; i++) {
      bytes +=
          RehearsedCall.make(
              (MethodDescriptor<InputStream, InputStream>) method.getMethodDescriptor(),
              (ServerCallHandler<InputStream, InputStream>) method.getServerCallHandler(),
              wire.get(i % wire.size()));
    }
    return bytes;
  }

  /** The self-check has accepted the samples before; this only brings them into another form. */
  private Encounter encounter(Sample sample) {
    Intake intake = new Intake(contract, Door.SCORE);
    sample.getEncounterMap().forEach((name, text) -> intake.text(contract.column(name), text));
    if (intake.finish() instanceof Checked.Accepted accepted) {
      return RowMessage.write(accepted.row(), Encounter.newBuilder()).build();
    }
    throw new IllegalStateException("a sample was accepted by the self-check and is refused now");
  }
}
