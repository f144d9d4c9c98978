package dev.alta.loadtest.scorer;

import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.Risk;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The least that a gRPC service on this machine can do with the same message: parse it and answer a
 * constant. What the scorer adds to that is what it costs.
 */
final class BareScorer extends ReadmissionServiceGrpc.ReadmissionServiceImplBase {
  private static final PredictResponse CONSTANT =
      PredictResponse.newBuilder()
          .setPrediction("NO")
          .putProbabilities("NO", 0.5)
          .putProbabilities(">30", 0.375)
          .putProbabilities("<30", 0.125)
          .setProbabilityReadmitted(0.5)
          .setProbabilityWithin30Days(0.125)
          .setRisk(Risk.LOW)
          .setRiskPercentile(50)
          .setModelAlias("champion")
          .setModelVersion("1")
          .setRequestId("00000000-0000-0000-0000-000000000000")
          .build();

  private BareScorer() {}

  /** Arguments: the port, or none for any. */
  public static void main(String[] arguments) throws IOException {
    int port = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .directExecutor()
            .addService(new BareScorer())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build()
            .start();
    Commands.serve(server.getPort());
    server.shutdownNow();
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> reply) {
    reply.onNext(CONSTANT);
    reply.onCompleted();
  }

  @Override
  public void predictBatch(
      PredictBatchRequest request, StreamObserver<PredictBatchResponse> reply) {
    PredictBatchResponse.Builder response = PredictBatchResponse.newBuilder();
    for (int i = 0; i < request.getEncountersCount(); i++) {
      response.addItemsBuilder().setPrediction(CONSTANT);
    }
    reply.onNext(response.build());
    reply.onCompleted();
  }
}
