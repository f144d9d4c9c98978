package dev.alta.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.channel.ScorerAddress;
import dev.alta.proto.v1.Encounter;
import dev.alta.scorer.Scorer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others make of /openapi.json: a validator, and a fuzzer that makes up requests from it. */
@Timeout(300)
final class OpenApiIT {
  private static final String PYTHON = System.getProperty("alta.openapi.python", "");
  private static final long LONGEST_SECONDS = 240;

  @TempDir static Path folder;

  private static final List<AutoCloseable> PARTS = new ArrayList<>();
  private static String url = "";

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        !PYTHON.isEmpty(),
        "skipped: nothing reads openapi.json; -Dalta.openapi.python=PYTHON with"
            + " openapi-spec-validator and schemathesis enables it");
    ServedModel model = part(ServedModel.in(folder));
    Scorer scorer = part(model.scorer(metrics()));
    ScorerAddress.Open opened = part(ScorerAddress.onLoopback(scorer.port()).open(metrics()));
    ServedModel.awaitServing(opened.channel());
    Gateway gateway =
        part(
            Gateway.start(
                GatewaySettings.of(Listen.onLoopback(0)),
                opened.channel(),
                Optional.empty(),
                metrics(),
                Contract.of(Encounter.getDescriptor())));
    url = gateway.url();
  }

  @AfterAll
  static void stop() throws Exception {
    for (int i = PARTS.size() - 1; i >= 0; i--) {
      PARTS.get(i).close();
    }
  }

  @Test
  void aValidatorFindsTheDescriptionInOrder() throws Exception {
    Path description = folder.resolve("openapi.json");
    Files.writeString(
        description,
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url + "/openapi.json")).build(),
                BodyHandlers.ofString())
            .body());

    run("validator", List.of(PYTHON, "-m", "openapi_spec_validator", description.toString()));
  }

  @Test
  void aFuzzerFindsNoServerErrorAndNoAnswerThatIsNotDescribed() throws Exception {
    // Without a model, the other calls would have little to answer.
    String unload = "repositoryModelUnload";
    fuzz("fuzzer", "--exclude-operation-id", unload);
    fuzz("fuzzer of the last call", "--include-operation-id", unload);
  }

  private static void fuzz(String what, String... selection) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(PYTHON).resolveSibling("schemathesis").toString(),
                "--config-file",
                emptyFile().toString(),
                "run",
                url + "/openapi.json"));
    command.addAll(List.of(selection));
    command.addAll(
        List.of(
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,"
                + "response_headers_conformance,response_schema_conformance,unsupported_method,"
                + "allow_header_conformance",
            "--phases",
            "examples,coverage,fuzzing",
            "--max-examples",
            "30",
            "--seed",
            "1",
            "--request-timeout",
            "30",
            "--suppress-health-check",
            "all",
            "--no-color"));
    run(what, command);
  }

  /** So that no settings of whoever runs it are taken. */
  private static Path emptyFile() throws IOException {
    return Files.writeString(folder.resolve("schemathesis.toml"), "");
  }

  private static void run(String what, List<String> command) throws Exception {
    Path said = folder.resolve(what + ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(said)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
  }

  private static <T extends AutoCloseable> T part(T part) {
    PARTS.add(part);
    return part;
  }

  private static PrometheusMeterRegistry metrics() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }
}
