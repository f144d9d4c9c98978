package dev.alta.load.jmeter;

import dev.alta.load.record.Samples;
import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Load;
import dev.alta.load.target.Target;
import dev.alta.load.tool.OtherProgram;
import dev.alta.load.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.jmeter.util.JMeterUtils;

/** Runs JMeter in a process of its own, on a plan that its window could open. */
public final class JmeterTool implements Tool {
  private static final int LONGEST_BEYOND_SECONDS = 120;

  @Override
  public String name() {
    return "jmeter";
  }

  @Override
  public String words() {
    return "JMeter "
        + JMeterUtils.getJMeterVersion()
        + "; times to the microsecond for gRPC, to the millisecond for JSON";
  }

  @Override
  public String refuses(Load load) {
    return "";
  }

  @Override
  public Samples run(Load load, Target target, Requests requests, Path folder)
      throws IOException, InterruptedException {
    Path encounters = folder.resolve("encounters.jsonl");
    requests.writeLines(encounters);
    Path plan = folder.resolve("plan.jmx");
    save(
        new Plan(load, target, requests.hypothetical(), encounters.toString(), folder.toString()),
        plan);
    Path log = folder.resolve("jmeter.log");
    OtherProgram.run(
        name(),
        command(plan),
        log,
        load.schedule().seconds() + load.patience().toSeconds() + LONGEST_BEYOND_SECONDS);
    Path results = folder.resolve(load.name() + ".jtl");
    if (!Files.exists(results)) {
      throw new IOException(
          "jmeter: no results (expected: " + results + "): " + Files.readString(log));
    }
    return Jtl.read(results, load);
  }

  /** One at a time: JMeter writes plans by a state that all of its process share. */
  private static synchronized void save(Plan plan, Path file) throws IOException {
    plan.dsl().saveAsJmx(file.toString());
  }

  private static List<String> command(Path plan) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx768m",
        "-Djava.awt.headless=true",
        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
        "-cp",
        System.getProperty("java.class.path"),
        JmeterProcess.class.getName(),
        "run",
        plan.toString());
  }
}
