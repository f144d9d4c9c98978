package dev.alta.load.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.alta.load.scenario.Schedule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was run, in words.
 *
 * @param id the name of its folder
 * @param loop open or closed
 * @param started as ISO-8601 has it
 * @param model the version that answered
 * @param perSecond requests a second; of a closed loop, how many it was bounded to
 * @param workers how many asked at once
 * @param machine that asked
 */
public record Facts(
    String id,
    String scenario,
    String call,
    String loop,
    int atOnce,
    double perSecond,
    int steps,
    int stepSeconds,
    int rowsPerRequest,
    String tool,
    int workers,
    String target,
    String model,
    String rows,
    String started,
    String machine) {
  /** When requests were due; of a closed loop only how long it lasted. */
  public Schedule schedule() {
    return new Schedule(perSecond, steps, stepSeconds);
  }

  @JsonIgnore
  public boolean isOpen() {
    return loop.equals("open");
  }

  /**
   * Of several that asked at the same time, each for a share of the same load.
   *
   * @throws IllegalArgumentException if they did not ask the same
   */
  public static Facts sum(String id, List<Facts> parts) {
    Facts first = parts.get(0);
    for (Facts part : parts) {
      if (!part.name().equals(first.name())
          || !part.loop.equals(first.loop)
          || part.steps != first.steps
          || part.stepSeconds != first.stepSeconds) {
        throw new IllegalArgumentException(
            part.id + " (expected: a share of the same load as " + first.id + ")");
      }
    }
    return new Facts(
        id,
        first.scenario,
        first.call,
        first.loop,
        parts.stream().mapToInt(Facts::atOnce).sum(),
        parts.stream().mapToDouble(Facts::perSecond).sum(),
        first.steps,
        first.stepSeconds,
        first.rowsPerRequest,
        words(parts, Facts::tool),
        parts.stream().mapToInt(Facts::workers).sum(),
        words(parts, Facts::target),
        words(parts, Facts::model),
        words(parts, Facts::rows),
        first.started,
        words(parts, Facts::machine));
  }

  private static String words(List<Facts> parts, Function<Facts, String> of) {
    return parts.stream().map(of).distinct().collect(Collectors.joining("; "));
  }

  /** As the command line has it. */
  public String name() {
    return scenario + " " + call;
  }
}
