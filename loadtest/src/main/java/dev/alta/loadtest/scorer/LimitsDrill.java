package dev.alta.loadtest.scorer;

import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does to a scorer, in a JVM of 192 MiB, one after the other what a bad client may do, and asks it
 * for predictions meanwhile, as others would: how many are answered, how soon, and how much memory
 * the scorer takes.
 */
public final class LimitsDrill {
  private static final long BETWEEN_CALLS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_CALL_SECONDS = 10;
  private static final int WARM_UP = 3_000;

  private final Child scorer;
  private final BenchRows rows;
  private final ManagedChannel channel;
  private final PredictRequest request;

  private LimitsDrill(Child scorer, BenchRows rows) {
    this.scorer = scorer;
    this.rows = rows;
    this.request = PredictRequest.newBuilder().setEncounter(rows.encounters().get(0)).build();
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", scorer.port()).usePlaintext().build();
  }

  /** Arguments: an empty folder, seconds of each attack, attacks; all where none is named. */
  public static void main(String[] arguments) throws Exception {
    BenchRows rows = BenchRows.generate(256);
    int seconds = Integer.parseInt(arguments[1]);
    List<Attack> attacks =
        arguments.length == 2
            ? List.of(Attack.values())
            : Arrays.stream(arguments).skip(2).map(LimitsDrill::attack).toList();
    try (Servers servers = new Servers(Path.of(arguments[0]), List.of("-Xmx192m"), rows, "100")) {
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      print(
          "| drill | done | others: answered | not answered | p50 ms | p99 ms | most ms | RSS MiB before, most, after |");
      print("|---|---|---|---|---|---|---|---|");
      for (Attack attack : attacks) {
        Child scorer = servers.scorer(true);
        new LimitsDrill(scorer, rows).drill(attack, seconds);
        scorer.close();
      }
    }
  }

  private static Attack attack(String name) {
    return Attack.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private void drill(Attack attack, int seconds) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      Status.Code unused = ask();
    }
    long before = scorer.resident("VmRSS");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Aim aim = new Aim(scorer.port(), rows, end);
    List<Thread> attackers = new ArrayList<>();
    for (int i = 0; i < attack.threads(); i++) {
      Thread attacker = new Thread(() -> attack(attack, aim), "attacker");
      attackers.add(attacker);
      attacker.start();
    }
    Map<Status.Code, Integer> codes = new TreeMap<>();
    List<Long> latencies = new ArrayList<>();
    while (!aim.isOver()) {
      long asked = System.nanoTime();
      Status.Code code = ask();
      if (code == Status.Code.OK) {
        latencies.add(System.nanoTime() - asked);
      } else {
        codes.merge(code, 1, Integer::sum);
      }
      LockSupport.parkNanos(BETWEEN_CALLS);
    }
    for (Thread attacker : attackers) {
      attacker.join();
    }
    Status.Code afterwards = ask();
    latencies.sort(null);
    print(
        "| %s | %s | %,d | %s | %.1f | %.1f | %.1f | %d, %d, %d |",
        attack.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        aim.outcome(),
        latencies.size(),
        codes.isEmpty() ? "0" : codes.toString(),
        at(latencies, 0.5),
        at(latencies, 0.99),
        at(latencies, 1),
        before,
        scorer.resident("VmHWM"),
        scorer.resident("VmRSS"));
    if (afterwards != Status.Code.OK) {
      print("afterwards: %s (expected: OK)", afterwards);
    }
    channel.shutdownNow();
  }

  private static void attack(Attack attack, Aim aim) {
    while (!aim.isOver()) {
      try {
        attack.run(aim);
      } catch (IOException ended) {
        // By the scorer, as it should be: once more.
        Thread.onSpinWait();
      }
    }
  }

  private Status.Code ask() {
    try {
      var unused =
          ReadmissionServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(LONGEST_CALL_SECONDS, TimeUnit.SECONDS)
              .predict(request);
      return Status.Code.OK;
    } catch (StatusRuntimeException failed) {
      return failed.getStatus().getCode();
    }
  }

  private static double at(List<Long> sorted, double share) {
    return sorted.isEmpty() ? Double.NaN : sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
