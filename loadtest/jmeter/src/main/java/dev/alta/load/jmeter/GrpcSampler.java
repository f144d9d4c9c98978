package dev.alta.load.jmeter;

import dev.alta.load.record.Recording;
import dev.alta.load.record.Samples;
import dev.alta.load.rows.Requests;
import dev.alta.load.rows.Rows;
import dev.alta.load.scenario.Call;
import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Scenario;
import dev.alta.load.scenario.Schedule;
import dev.alta.load.target.Access;
import dev.alta.load.target.Caller;
import dev.alta.load.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.jmeter.config.Arguments;
import org.apache.jmeter.protocol.java.sampler.AbstractJavaSamplerClient;
import org.apache.jmeter.protocol.java.sampler.JavaSamplerContext;
import org.apache.jmeter.samplers.SampleResult;
import org.jspecify.annotations.Nullable;

/**
 * Calls Predict, PredictBatch or PredictStream, for JMeter's Java Request. All threads share the
 * connections. Notes in the variables {@code begun} and {@code ended} when that was (nanoseconds
 * since 1970), since JMeter itself knows milliseconds only.
 */
public final class GrpcSampler extends AbstractJavaSamplerClient {
  static final String BEGUN = "begun";
  static final String ENDED = "ended";
  static final String HOST = "host";
  static final String PORT = "port";
  static final String CALL = "call";
  static final String ENCOUNTERS = "encounters";
  static final String CONNECTIONS = "connections";
  static final String PATIENCE = "patience_seconds";
  static final String HYPOTHETICAL = "hypothetical";
  static final String TLS_ROOTS = "tls_roots";
  static final String TOKEN_FILE = "token_file";

  /** The connections of all threads that ask the same. */
  private static final class Shared {
    private static final Map<Map<String, String>, Shared> ALL = new HashMap<>();

    private final Caller caller;
    private final AtomicInteger number = new AtomicInteger();
    private int threads;

    Shared(Caller caller) {
      this.caller = caller;
    }

    static Shared join(Map<String, String> what) {
      synchronized (ALL) {
        Shared shared = ALL.computeIfAbsent(what, same -> new Shared(open(what)));
        shared.threads++;
        return shared;
      }
    }

    void leave() {
      synchronized (ALL) {
        threads--;
        if (threads == 0) {
          ALL.values().remove(this);
          caller.close();
        }
      }
    }
  }

  private @Nullable Shared shared;

  /** What is asked, as arguments of a Java Request. */
  static Map<String, String> arguments(
      Load load, Target target, boolean hypothetical, String encounters) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put(HOST, target.host());
    arguments.put(PORT, Integer.toString(target.port()));
    arguments.put(CALL, load.call().word());
    arguments.put(ENCOUNTERS, encounters);
    arguments.put(CONNECTIONS, Integer.toString(load.connections()));
    arguments.put(PATIENCE, Long.toString(load.patience().toSeconds()));
    arguments.put(HYPOTHETICAL, Boolean.toString(hypothetical));
    arguments.put(TLS_ROOTS, target.access().roots().map(Path::toString).orElse(""));
    arguments.put(TOKEN_FILE, target.access().tokenFile().map(Path::toString).orElse(""));
    return arguments;
  }

  private static Caller open(Map<String, String> what) {
    try {
      Load load =
          new Load(
              Scenario.CONSTANT,
              Call.valueOf(text(what, CALL).toUpperCase(Locale.ROOT)),
              new Schedule(1, 1, 1),
              0,
              Integer.parseInt(text(what, CONNECTIONS)),
              Duration.ofSeconds(Long.parseLong(text(what, PATIENCE))));
      Rows rows = Rows.lines(Path.of(text(what, ENCOUNTERS)));
      // Whether this machine may be loaded was decided by who wrote the plan.
      Target target =
          Target.of(text(what, HOST) + ":" + text(what, PORT), true)
              .with(Access.of(file(what, TLS_ROOTS), file(what, TOKEN_FILE)));
      return Caller.to(
          target, new Requests(rows, Boolean.parseBoolean(text(what, HYPOTHETICAL))), load);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Optional<Path> file(Map<String, String> what, String name) {
    return Optional.of(text(what, name)).filter(path -> !path.isEmpty()).map(Path::of);
  }

  private static String text(Map<String, String> what, String name) {
    return what.getOrDefault(name, "");
  }

  @Override
  public Arguments getDefaultParameters() {
    Arguments usual = new Arguments();
    arguments(
            Load.usual(Scenario.CONSTANT, Call.PREDICT),
            Target.usual(Call.PREDICT),
            false,
            Plan.ENCOUNTERS)
        .forEach(usual::addArgument);
    return usual;
  }

  @Override
  public void setupTest(JavaSamplerContext context) {
    Map<String, String> what = new LinkedHashMap<>();
    context
        .getParameterNamesIterator()
        .forEachRemaining(name -> what.put(name, context.getParameter(name)));
    shared = Shared.join(what);
  }

  @Override
  public SampleResult runTest(JavaSamplerContext context) {
    Shared with = shared;
    if (with == null) {
      throw new IllegalStateException("runTest before setupTest");
    }
    SampleResult result = new SampleResult();
    CompletableFuture<String> answer = new CompletableFuture<>();
    result.sampleStart();
    long begun = Samples.since1970(Instant.now());
    with.caller.call(with.number.getAndIncrement(), (how, version) -> answer.complete(how));
    String status = answer.join();
    long ended = Samples.since1970(Instant.now());
    result.sampleEnd();
    result.setResponseCode(status);
    result.setSuccessful(status.equals(Recording.OK));
    context.getJMeterVariables().put(BEGUN, Long.toString(begun));
    context.getJMeterVariables().put(ENDED, Long.toString(ended));
    return result;
  }

  @Override
  public void teardownTest(JavaSamplerContext context) {
    Shared with = shared;
    if (with != null) {
      with.leave();
    }
  }
}
