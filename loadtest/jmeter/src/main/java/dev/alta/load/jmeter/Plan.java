package dev.alta.load.jmeter;

import static us.abstracta.jmeter.javadsl.JmeterDsl.httpHeaders;
import static us.abstracta.jmeter.javadsl.JmeterDsl.httpSampler;
import static us.abstracta.jmeter.javadsl.JmeterDsl.jtlWriter;
import static us.abstracta.jmeter.javadsl.JmeterDsl.testPlan;
import static us.abstracta.jmeter.javadsl.JmeterDsl.threadGroup;

import dev.alta.load.scenario.Load;
import dev.alta.load.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.http.entity.ContentType;
import org.apache.jmeter.config.Arguments;
import org.apache.jmeter.protocol.java.control.gui.JavaTestSamplerGui;
import org.apache.jmeter.protocol.java.sampler.JavaSampler;
import org.apache.jmeter.testbeans.gui.TestBeanGUI;
import org.apache.jmeter.testelement.TestElement;
import us.abstracta.jmeter.javadsl.core.DslTestPlan;
import us.abstracta.jmeter.javadsl.core.samplers.BaseSampler;
import us.abstracta.jmeter.javadsl.core.threadgroups.BaseThreadGroup.ThreadGroupChild;
import us.abstracta.jmeter.javadsl.core.timers.BaseTimer;
import us.abstracta.jmeter.javadsl.http.DslHttpSampler;

/**
 * A load as a JMeter plan.
 *
 * @param encounters the file with an encounter in each line
 * @param folder where the file of results goes
 */
public record Plan(
    Load load, Target target, boolean hypothetical, String encounters, String folder) {
  /** Where the plans of the repository look for encounters, from its root. */
  static final String ENCOUNTERS = "target/loadtest/encounters.jsonl";

  /** No more requests than that wait for answers at once. */
  private static final int THREADS = 64;

  /** What is to be written down of each request, besides what JMeter knows. */
  static final String[] NOTED = {ScheduleTimer.DUE, GrpcSampler.BEGUN, GrpcSampler.ENDED};

  /** As the DSL has it. */
  DslTestPlan dsl() {
    List<ThreadGroupChild> children = new ArrayList<>();
    if (load.isOpen()) {
      children.add(new TimerElement(load));
    }
    if (load.call().isGrpc()) {
      children.add(
          new GrpcElement(
              load.call().method(), GrpcSampler.arguments(load, target, hypothetical, encounters)));
    } else {
      // A line after the other; a CSV Data Set would take JSON's quotes for its own.
      children.add(json());
    }
    return testPlan(
        threadGroup(load.name(), load.isOpen() ? THREADS : load.atOnce(), time())
            .children(children.toArray(ThreadGroupChild[]::new)),
        jtlWriter(folder, load.name() + ".jtl").withVariables(NOTED));
  }

  private DslHttpSampler json() {
    // JMeter takes any certificate.
    String scheme = target.access().roots().isPresent() ? "https://" : "http://";
    String query = hypothetical ? "?hypothetical=true" : "";
    DslHttpSampler sampler =
        httpSampler(load.call().method(), scheme + target + "/predict" + query)
            .post("${__StringFromFile(" + encounters + ")}", ContentType.APPLICATION_JSON);
    // The plan names the file; the token itself is not written down.
    target
        .access()
        .tokenFile()
        .ifPresent(
            file ->
                sampler.children(
                    httpHeaders()
                        .header(
                            "Authorization",
                            "Bearer ${__groovy(new File('" + quoted(file) + "').text.trim())}")));
    return sampler;
  }

  /** Within a text of Groovy, within a function of JMeter, which ends its arguments by commas. */
  private static String quoted(Path file) {
    return file.toString().replace("\\", "/").replace("'", "\\'").replace(",", "\\,");
  }

  /** The timer ends an open loop; that is only for what hangs. */
  private Duration time() {
    Duration schedule = Duration.ofSeconds(load.schedule().seconds());
    return load.isOpen() ? schedule.plus(load.patience()).plus(ScheduleTimer.LEAD_IN) : schedule;
  }

  private static final class TimerElement extends BaseTimer {
    private final Load load;

    TimerElement(Load load) {
      super("Schedule", TestBeanGUI.class);
      this.load = load;
    }

    @Override
    protected TestElement buildTestElement() {
      ScheduleTimer timer = new ScheduleTimer();
      timer.setPerSecond(load.schedule().perSecond());
      timer.setSteps(load.schedule().steps());
      timer.setStepSeconds(load.schedule().stepSeconds());
      return timer;
    }
  }

  private static final class GrpcElement extends BaseSampler<GrpcElement> {
    private final Map<String, String> arguments;

    GrpcElement(String name, Map<String, String> arguments) {
      super(name, JavaTestSamplerGui.class);
      this.arguments = arguments;
    }

    @Override
    protected TestElement buildTestElement() {
      Arguments all = new Arguments();
      arguments.forEach(all::addArgument);
      JavaSampler sampler = new JavaSampler();
      sampler.setClassname(GrpcSampler.class.getName());
      sampler.setArguments(all);
      return sampler;
    }
  }
}
