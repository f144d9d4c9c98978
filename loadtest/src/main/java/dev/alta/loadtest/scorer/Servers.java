package dev.alta.loadtest.scorer;

import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.loadtest.storage.Storage;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is compared, each in a process of its own: the bare service, the scorer, and the scorer
 * without a log; and in this process the database and the bucket that they need.
 */
final class Servers implements AutoCloseable {
  private static final long LONGEST_START_SECONDS = 60;
  private static final String OWN_JARS = System.getProperty("java.class.path");

  private final Storage storage;
  private final Path folder;
  private final List<String> options;
  private final List<Child> children = new ArrayList<>();
  private boolean closed;

  /**
   * Starts the database and the bucket, and publishes a model.
   *
   * @param options of the JVMs of the servers
   */
  Servers(Path folder, List<String> options, BenchRows rows, String trees) throws IOException {
    this.folder = folder;
    this.options = options;
    this.storage = Storage.start(folder, ScorerUnderTest.BUCKET);
    Database.open(storage.database(), BenchRows.CONTRACT).close();
    BenchModel.publish(storage.bucket(), rows, trees);
  }

  /** To the database. */
  Connection connect() throws SQLException {
    return storage.connect();
  }

  Child bare() throws IOException {
    return started(
        Child.start(
            BareScorer.class, System.getProperty("java.class.path"), options, List.of(), Map.of()));
  }

  /** A scorer with its model loaded and warm. */
  Child scorer(boolean logs) throws IOException {
    return scorer(OWN_JARS, options, logs ? "spool" : ScorerUnderTest.NO_LOG);
  }

  /** The same of another build, with a log. */
  Child scorer(String classPath) throws IOException {
    return scorer(classPath, options, "other-spool");
  }

  /** A scorer with a log, with more options for its JVM; it may not have loaded its model yet. */
  Child scorerWith(List<String> more) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    return begin(OWN_JARS, all, "spool");
  }

  /** A scorer with a log and its gateways, in one process; the child's port is the gateway's. */
  Child gateway(int grpcPort, int secondGatewayPort) throws IOException {
    List<String> arguments = arguments("gateway-spool");
    arguments.add(Integer.toString(grpcPort));
    arguments.add(Integer.toString(secondGatewayPort));
    return started(Child.start(GatewayUnderTest.class, OWN_JARS, options, arguments, secrets()));
  }

  private Child scorer(String classPath, List<String> ofJvm, String spool) throws IOException {
    Child scorer = begin(classPath, ofJvm, spool);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", scorer.port()).usePlaintext().build();
    try {
      awaitServing(channel);
    } finally {
      channel.shutdownNow();
    }
    return scorer;
  }

  private Child begin(String classPath, List<String> ofJvm, String spool) throws IOException {
    return started(
        Child.start(ScorerUnderTest.class, classPath, ofJvm, arguments(spool), secrets()));
  }

  private List<String> arguments(String spool) {
    List<String> arguments = new ArrayList<>();
    StoreSettings bucket = storage.bucket();
    DatabaseSettings database = storage.database();
    arguments.addAll(List.of(bucket.url(), bucket.accessKey()));
    arguments.addAll(List.of(database.url(), database.user()));
    arguments.add(spool.equals(ScorerUnderTest.NO_LOG) ? spool : folder.resolve(spool).toString());
    return arguments;
  }

  private Map<String, String> secrets() {
    return Map.of(
        ScorerUnderTest.STORE_KEY,
        storage.bucket().secretKey(),
        ScorerUnderTest.DATABASE_PASSWORD,
        storage.database().password());
  }

  private Child started(Child child) {
    children.add(child);
    return child;
  }

  /** Waits until a scorer says that it has a model to answer with. */
  static void awaitServing(ManagedChannel channel) {
    Iterator<HealthCheckResponse> states =
        HealthGrpc.newBlockingStub(channel)
            .withDeadlineAfter(LONGEST_START_SECONDS, TimeUnit.SECONDS)
            .watch(
                HealthCheckRequest.newBuilder()
                    .setService(ReadmissionServiceGrpc.SERVICE_NAME)
                    .build());
    ServingStatus status = states.next().getStatus();
    while (status != ServingStatus.SERVING) {
      status = states.next().getStatus();
    }
  }

  /** Also done where this process is told to stop: the database is a process of its own. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    children.forEach(Child::close);
    storage.close();
  }
}
