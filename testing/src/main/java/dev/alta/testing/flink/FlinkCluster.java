package dev.alta.testing.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A stand-alone Flink cluster on this machine, as its start scripts would make one: a JobManager
 * and TaskManagers, each a process of its own, with nothing on their class path but Flink.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  // What Flink's start scripts give the JVM.
  private static final List<String> OPENED =
      Stream.of(
              "java.base/java.lang",
              "java.base/java.net",
              "java.base/java.io",
              "java.base/java.nio",
              "java.base/sun.nio.ch",
              "java.base/java.lang.reflect",
              "java.base/java.text",
              "java.base/java.time",
              "java.base/java.util",
              "java.base/java.util.concurrent",
              "java.base/java.util.concurrent.atomic",
              "java.base/java.util.concurrent.locks")
          .map(module -> "--add-opens=" + module + "=ALL-UNNAMED")
          .toList();

  private static final String LOG =
      """
      rootLogger.level = WARN
      rootLogger.appenderRef.out.ref = OUT
      appender.out.name = OUT
      appender.out.type = CONSOLE
      appender.out.layout.type = PatternLayout
      appender.out.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} %m%n
      """;

  private final Path lib;
  private final Path folder;
  private final int rpcPort = freePort();
  private final int restPort = freePort();
  private final HttpClient http = HttpClient.newHttpClient();
  // The JobManager, the TaskManagers from 1 on, then clients.
  private final List<Process> processes = new ArrayList<>();
  private final Thread endWithThisProcess = new Thread(this::kill);

  private FlinkCluster(Path lib, Path folder) {
    this.lib = lib;
    this.folder = folder;
  }

  /**
   * Starts one, and waits until all TaskManagers are there.
   *
   * @param lib Flink's jars: {@code target/flink/lib} of the module jobs
   * @param folder for settings and logs
   */
  public static FlinkCluster start(Path lib, Path folder, int taskManagers) throws Exception {
    FlinkCluster cluster = new FlinkCluster(lib, folder);
    Runtime.getRuntime().addShutdownHook(cluster.endWithThisProcess);
    try {
      cluster.start(taskManagers);
    } catch (Exception | Error failed) {
      cluster.close();
      throw failed;
    }
    return cluster;
  }

  private void start(int taskManagers) throws Exception {
    Files.writeString(folder.resolve("config.yaml"), settings());
    Files.writeString(folder.resolve("log4j2.properties"), LOG);
    processes.add(jobManager());
    for (int i = 1; i <= taskManagers; i++) {
      processes.add(taskManager(i));
    }
    awaitTaskManagers(taskManagers);
  }

  private Process jobManager() throws IOException {
    return java(
        "jobmanager",
        "512m",
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        "--configDir",
        folder.toString());
  }

  private Process taskManager(int number) throws IOException {
    return java(
        "taskmanager-" + number,
        "512m",
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        "--configDir",
        folder.toString(),
        "-Dtaskmanager.resource-id=taskmanager-" + number);
  }

  /** Waits until so many are registered. */
  public void awaitTaskManagers(int taskManagers) throws InterruptedException {
    await(
        taskManagers + " task managers",
        () -> count("/taskmanagers", "taskmanagers") == taskManagers);
  }

  private String settings() {
    return """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %d
        jobmanager.bind-host: 127.0.0.1
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %d
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: 2
        taskmanager.cpu.cores: 1
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.task.heap.size: 384m
        taskmanager.memory.task.off-heap.size: 0m
        taskmanager.memory.managed.size: 64m
        taskmanager.memory.network.min: 128m
        taskmanager.memory.network.max: 128m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 64m
        taskmanager.memory.jvm-overhead.max: 64m
        cluster.evenly-spread-out-slots: true
        heartbeat.interval: 1000
        heartbeat.timeout: 6000
        io.tmp.dirs: %s
        web.upload.dir: %s
        """
        .formatted(rpcPort, restPort, folder.resolve("tmp"), folder.resolve("upload"));
  }

  /** REST address. */
  public String address() {
    return "127.0.0.1:" + restPort;
  }

  /** Runs {@code flink run}, and gives what it has printed. */
  public String flinkRun(Map<String, String> environment, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("run", "-m", address()));
    all.addAll(List.of(args));
    Process client =
        java(
            environment,
            "client",
            "256m",
            "org.apache.flink.client.cli.CliFrontend",
            all.toArray(String[]::new));
    processes.add(client);
    if (!client.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("flink run does not end: " + log("client"));
    }
    return "exit " + client.exitValue() + "\n" + log("client");
  }

  /** Uploads a jar and gives its id. */
  public String upload(Path jar) throws Exception {
    String boundary = "a-boundary-that-no-jar-has";
    byte[] head =
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName()
                + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] tail =
        ("\r\n--" + boundary + "--\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    var body =
        HttpRequest.BodyPublishers.concat(
            HttpRequest.BodyPublishers.ofByteArray(head),
            HttpRequest.BodyPublishers.ofFile(jar),
            HttpRequest.BodyPublishers.ofByteArray(tail));
    JsonNode answer =
        send(
            HttpRequest.newBuilder(uri("/jars/upload"))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(body)
                .build());
    String file = answer.get("filename").asText();
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Runs an uploaded jar, which must answer 200, and gives the job's id. */
  public String runJar(String jar, List<String> args) throws Exception {
    String body = JSON.writeValueAsString(Map.of("programArgsList", args));
    JsonNode answer =
        send(
            HttpRequest.newBuilder(uri("/jars/" + jar + "/run"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    return answer.get("jobid").asText();
  }

  /** Waits until the job is in the state; fails where it ends in another. */
  public void awaitState(String job, String wanted) throws Exception {
    await(
        "job " + wanted,
        () -> {
          String state = get("/jobs/" + job).get("state").asText();
          if (!state.equals(wanted) && List.of("FAILED", "CANCELED", "FINISHED").contains(state)) {
            throw new AssertionError(state + ": " + get("/jobs/" + job + "/exceptions"));
          }
          return state.equals(wanted);
        });
  }

  /** Asks its REST interface, which must answer 200. */
  public JsonNode get(String path) {
    try {
      return send(HttpRequest.newBuilder(uri(path)).build());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Ends a TaskManager, from 1 on, or the JobManager, 0, as the loss of its machine would. */
  public void kill(int manager) throws InterruptedException {
    Process process = processes.get(manager);
    process.destroyForcibly();
    process.waitFor();
  }

  /** Starts one in the place of a killed one; a JobManager on the ports of the one before. */
  public void replace(int manager) throws IOException {
    processes.set(manager, manager == 0 ? jobManager() : taskManager(manager));
  }

  /** Waits until something is reached; fails where it is not. */
  public static void await(String what, BooleanSupplier reached) throws InterruptedException {
    long start = System.nanoTime();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new AssertionError("not within " + LONGEST + ": " + what);
      }
      Thread.sleep(20);
    }
  }

  private int count(String path, String list) {
    try {
      return send(HttpRequest.newBuilder(uri(path)).build()).get(list).size();
    } catch (IOException notUpYet) {
      processes.forEach(
          process -> {
            if (!process.isAlive()) {
              throw new AssertionError(log("jobmanager") + log("taskmanager-1"));
            }
          });
      return 0;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          request.uri() + ": " + answer.statusCode() + " " + answer.body() + log("jobmanager"));
    }
    return JSON.readTree(answer.body());
  }

  private URI uri(String path) {
    return URI.create("http://" + address() + path);
  }

  private Process java(String name, String heap, String main, String... args) throws IOException {
    return java(Map.of(), name, heap, main, args);
  }

  private Process java(
      Map<String, String> environment, String name, String heap, String main, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPENED);
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "-XX:MaxMetaspaceSize=256m",
            "-XX:+UseSerialGC",
            "-Dlog4j.configurationFile=" + folder.resolve("log4j2.properties"),
            "-cp",
            lib.toAbsolutePath() + "/*",
            main));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("FLINK_CONF_DIR", folder.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private String log(String name) {
    try {
      return "\n" + name + ":\n" + Files.readString(folder.resolve(name + ".log"));
    } catch (IOException none) {
      return "";
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void kill() {
    processes.forEach(Process::destroyForcibly);
  }

  @Override
  public void close() {
    kill();
    processes.forEach(process -> process.onExit().join());
    Runtime.getRuntime().removeShutdownHook(endWithThisProcess);
  }
}
