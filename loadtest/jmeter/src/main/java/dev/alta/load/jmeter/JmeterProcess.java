package dev.alta.load.jmeter;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import us.abstracta.jmeter.javadsl.core.DslTestPlan;
import us.abstracta.jmeter.javadsl.core.engines.EmbeddedJmeterEngine;

/**
 * A JVM for one run of JMeter, or for its window. Arguments: {@code run} or {@code show}, a plan.
 */
final class JmeterProcess {
  private JmeterProcess() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, TimeoutException {
    DslTestPlan plan = DslTestPlan.fromJmx(arguments[1]);
    if (arguments[0].equals("show")) {
      plan.showInGui();
      return;
    }
    plan.runIn(new EmbeddedJmeterEngine().prop("sample_variables", String.join(",", Plan.NOTED)));
    System.exit(0);
  }
}
