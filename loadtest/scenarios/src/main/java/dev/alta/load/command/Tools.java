package dev.alta.load.command;

import dev.alta.load.scenario.Call;
import dev.alta.load.tool.GhzTool;
import dev.alta.load.tool.OwnClient;
import dev.alta.load.tool.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the tool that sends a load. */
final class Tools {
  private static final String GHZ = "ghz";

  private Tools() {}

  /**
   * The one of a name; without a name ghz for gRPC where it is there, else the own client.
   *
   * @param ghz the program; empty: it is not there
   */
  static Tool find(Optional<String> name, Call call, Optional<String> ghz)
      throws IOException, InterruptedException {
    String wanted = name.orElse(call.isGrpc() && ghz.isPresent() ? GHZ : "own");
    if (wanted.equals(GHZ)) {
      return new GhzTool(
          ghz.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "--tool: ghz, which is not on PATH (expected: own, or ghz installed by"
                          + " go install github.com/bojand/ghz/cmd/ghz@v0.121.0)")));
    }
    List<Tool> known = new ArrayList<>(List.of(new OwnClient()));
    ServiceLoader.load(Tool.class).forEach(known::add);
    return known.stream()
        .filter(tool -> tool.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--tool: " + wanted + " (expected: ghz, own or jmeter)"));
  }
}
