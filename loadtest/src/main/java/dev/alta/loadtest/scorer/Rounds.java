package dev.alta.loadtest.scorer;

import com.google.protobuf.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The same calls to several servers, in turn, round by round. */
final class Rounds {
  /** What one server did in one round; CPU in microseconds and memory in bytes a request. */
  record Turn(Ghz.Run run, double cpu, double allocated) {}

  private final Ghz ghz;
  private final Map<String, Child> servers;
  private final Map<String, List<Turn>> turns = new LinkedHashMap<>();

  Rounds(Ghz ghz, Map<String, Child> servers) {
    this.ghz = ghz;
    this.servers = servers;
    servers.keySet().forEach(name -> turns.put(name, new ArrayList<>()));
  }

  /** One round; every second one goes the other way round, so that no place is the better one. */
  void run(int round, Message request, int requests, int workers, int connections)
      throws IOException, InterruptedException {
    List<String> order = new ArrayList<>(servers.keySet());
    if (round % 2 == 1) {
      Collections.reverse(order);
    }
    for (String name : order) {
      turn(name, request, requests, workers, connections);
    }
  }

  private void turn(String name, Message request, int requests, int workers, int connections)
      throws IOException, InterruptedException {
    Child server = server(name);
    double cpu = server.cpuSeconds();
    long allocated = server.allocated();
    Ghz.Run run = ghz.run("Predict", request, server.port(), requests, workers, connections);
    turns(name)
        .add(
            new Turn(
                run,
                (server.cpuSeconds() - cpu) * 1e6 / requests,
                (double) (server.allocated() - allocated) / requests));
  }

  /** Forgets what was measured: that was to warm up. */
  void forget() {
    turns.values().forEach(List::clear);
  }

  double median(String name, ToDoubleFunction<Turn> figure) {
    return median(turns(name).stream().mapToDouble(figure).toArray());
  }

  /** The median of the throughputs of the rounds, each divided by the reference's in that round. */
  double medianRatio(String name, String reference) {
    double[] ratios = new double[turns(name).size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = turns(name).get(i).run().perSecond() / turns(reference).get(i).run().perSecond();
    }
    return median(ratios);
  }

  /** The median of a figure's differences from the reference's in the same round. */
  double medianDifference(String name, String reference, ToDoubleFunction<Turn> figure) {
    double[] differences = new double[turns(name).size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] =
          figure.applyAsDouble(turns(name).get(i)) - figure.applyAsDouble(turns(reference).get(i));
    }
    return median(differences);
  }

  long errors() {
    return turns.values().stream()
        .flatMap(List::stream)
        .mapToLong(turn -> turn.run().errors())
        .sum();
  }

  private List<Turn> turns(String name) {
    return turns.getOrDefault(name, List.of());
  }

  private Child server(String name) {
    Child server = servers.get(name);
    if (server == null) {
      throw new IllegalArgumentException(name + " (expected: one of " + servers.keySet() + ")");
    }
    return server;
  }

  static double median(double... figures) {
    double[] sorted = figures.clone();
    java.util.Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
