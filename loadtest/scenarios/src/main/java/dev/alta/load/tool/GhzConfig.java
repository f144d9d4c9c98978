package dev.alta.load.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Schedule;
import dev.alta.load.target.Target;
import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration file with which ghz sends a load. */
public final class GhzConfig {
  /** More workers only spread requests over connections where none waits for an answer. */
  private static final int OPEN_WORKERS = 8;

  // Beyond that ghz forgets single requests.
  static final int MOST_REQUESTS = 1_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private GhzConfig() {}

  /**
   * The file's text.
   *
   * @param data the file with the messages
   * @param protoset that of {@link Protoset}
   */
  public static String of(Load load, Target target, String data, String protoset) {
    Schedule schedule = load.schedule();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", load.name());
    config.put("call", "alta.v1.ReadmissionService." + load.call().method());
    config.put("host", target.toString());
    target
        .access()
        .roots()
        .ifPresentOrElse(
            roots -> config.put("cacert", roots.toString()), () -> config.put("insecure", true));
    target
        .access()
        .authorization()
        .ifPresent(value -> config.put("metadata", Map.of("authorization", value)));
    config.put("protoset", protoset);
    config.put("data-file", data);
    config.put("disable-template-data", true);
    config.put("connections", load.connections());
    config.put("timeout", load.patience().toMillis() + "ms");
    if (load.isOpen()) {
      config.put("async", true);
      config.put("concurrency", Math.min(OPEN_WORKERS, schedule.requests()));
      config.put("total", schedule.requests());
      rates(schedule, config);
    } else {
      config.put("concurrency", load.atOnce());
      config.put("total", Math.min(MOST_REQUESTS, schedule.requests()));
      config.put("max-duration", schedule.seconds() + "s");
      config.put("duration-stop", "wait");
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void rates(Schedule schedule, Map<String, Object> config) {
    if (schedule.steps() == 1) {
      config.put("rps", Math.round(schedule.perSecond()));
      return;
    }
    long step = Math.round(schedule.rate(0));
    config.put("load-schedule", "step");
    config.put("load-start", step);
    config.put("load-step", step);
    config.put("load-end", Math.round(schedule.perSecond()));
    config.put("load-step-duration", schedule.stepSeconds() + "s");
  }
}
