package dev.alta.loadtest.scorer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs ghz, which sends a fixed number of requests and waits for all of their answers. */
final class Ghz {
  private static final double NANOS_PER_MILLI = 1e6;

  /** What a run showed; latencies in milliseconds. */
  record Run(double perSecond, double p50, double p99, long errors) {}

  private final String program;
  private final Path folder;

  Ghz(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Calls a method as often as said, from so many workers over so many connections. */
  Run run(String method, Message request, int port, int requests, int workers, int connections)
      throws IOException, InterruptedException {
    Path body = folder.resolve("request.bin");
    Files.write(body, request.toByteArray());
    return run(method, body, port, requests, workers, connections);
  }

  /** Opens a stream of a method as often as said, and sends these messages on each. */
  Run stream(
      String method,
      List<? extends Message> messages,
      int port,
      int streams,
      int workers,
      int connections)
      throws IOException, InterruptedException {
    Path body = folder.resolve("messages.bin");
    try (OutputStream bytes = Files.newOutputStream(body)) {
      for (Message message : messages) {
        message.writeDelimitedTo(bytes);
      }
    }
    return run(method, body, port, streams, workers, connections);
  }

  private Run run(String method, Path body, int port, int requests, int workers, int connections)
      throws IOException, InterruptedException {
    Path result = folder.resolve("ghz.json");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(program, "--insecure", "--call", "alta.v1.ReadmissionService/" + method));
    command.addAll(List.of("--binary-file", body.toString(), "-n", Integer.toString(requests)));
    command.addAll(List.of("-c", Integer.toString(workers)));
    command.addAll(List.of("--connections", Integer.toString(connections), "-O", "json"));
    command.addAll(List.of("-o", result.toString(), "127.0.0.1:" + port));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("ghz: exit code " + process.exitValue() + " (expected: 0)");
    }
    return read(JsonParser.parseString(Files.readString(result)).getAsJsonObject());
  }

  private static Run read(JsonObject said) {
    long answered = 0;
    long all = 0;
    for (var status : said.getAsJsonObject("statusCodeDistribution").entrySet()) {
      all += status.getValue().getAsLong();
      answered += status.getKey().equals("OK") ? status.getValue().getAsLong() : 0;
    }
    double p50 = 0;
    double p99 = 0;
    for (JsonElement one : said.getAsJsonArray("latencyDistribution")) {
      JsonObject point = one.getAsJsonObject();
      double millis = point.get("latency").getAsDouble() / NANOS_PER_MILLI;
      p50 = point.get("percentage").getAsInt() == 50 ? millis : p50;
      p99 = point.get("percentage").getAsInt() == 99 ? millis : p99;
    }
    return new Run(said.get("rps").getAsDouble(), p50, p99, all - answered);
  }
}
