package dev.alta.load.jmeter;

import dev.alta.load.scenario.Call;
import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Scenario;
import dev.alta.load.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plans of the repository: every scenario with every call. */
final class Plans {
  private Plans() {}

  /** By their files' names. */
  static Map<String, Plan> all() {
    Map<String, Plan> plans = new LinkedHashMap<>();
    for (Scenario scenario : Scenario.values()) {
      for (Call call : Call.values()) {
        Load load = Load.usual(scenario, call);
        plans.put(
            load.name() + ".jmx",
            new Plan(load, Target.usual(call), false, Plan.ENCOUNTERS, "target/loadtest"));
      }
    }
    return plans;
  }

  /** Writes them into the folder that is named. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Map.Entry<String, Plan> plan : all().entrySet()) {
      plan.getValue().dsl().saveAsJmx(folder.resolve(plan.getKey()).toString());
    }
  }
}
