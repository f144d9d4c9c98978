package dev.alta.gateway.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.LoadTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTestReportsTest {
  private static final String OLDER = "20261121-235959-ramp-json";
  private static final String NEWER = "20261122-083000-stress-predict";
  private static final String PAGE = "<!DOCTYPE html><title>Load test</title>";

  @TempDir private Path home;

  private LoadTestReports reports() {
    return new LoadTestReports(home.resolve("loadtest"));
  }

  private Path keep(String name) throws IOException {
    Path run = Files.createDirectories(home.resolve("loadtest").resolve(name));
    byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
    Files.write(run.resolve("report.html"), page);
    Files.writeString(
        run.resolve("result.json"),
        """
        {"facts":{"scenario":"stress","call":"predict","loop":"open","started":"2026-11-22T08:30:00Z"},
         "requests":100,"errors":2,"per_second":9.5,
         "response":{"percentiles":{"p50":1.5,"p99":7.25}},"breaking_point":"between",
         "checks":[{"what":"p99","met":true},{"what":"errors","met":false}],"report_sha256":"%s"}
        """
            .formatted(Sha256.of(page)));
    return run;
  }

  @Test
  void listsTheLatestFirst() throws IOException {
    keep(OLDER);
    keep(NEWER);
    assertThat(reports().list().getRunsList())
        .extracting(LoadTest::getRun)
        .containsExactly(NEWER, OLDER);
    assertThat(reports().list().getRuns(0))
        .isEqualTo(
            LoadTest.newBuilder()
                .setRun(NEWER)
                .setScenario("stress")
                .setCall("predict")
                .setLoop("open")
                .setStarted("2026-11-22T08:30:00Z")
                .setPerSecond(9.5)
                .setP50Ms(1.5)
                .setP99Ms(7.25)
                .setRequests(100)
                .setErrors(2)
                .setBreakingPoint("between")
                .setMet(false)
                .build());
  }

  @Test
  void aHomeWithoutLoadTestsHasNone() throws IOException {
    assertThat(reports().list().getRunsList()).isEmpty();
    assertThat(reports().report(NEWER)).isEmpty();
  }

  @Test
  void aRunThatHasNotEndedIsNotListed() throws IOException {
    Files.delete(keep(NEWER).resolve("result.json"));
    assertThat(reports().list().getRunsList()).isEmpty();
    assertThat(reports().report(NEWER)).isEmpty();
  }

  @Test
  void givesAReportAsItsRunWroteIt() throws IOException {
    keep(NEWER);
    assertThat(reports().report(NEWER))
        .hasValueSatisfying(page -> assertThat(page).asString().isEqualTo(PAGE));
  }

  @Test
  void givesNoReportThatWasChanged() throws IOException {
    Files.writeString(keep(NEWER).resolve("report.html"), PAGE + "<script>alert(1)</script>");
    assertThat(reports().report(NEWER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "",
        "../secret",
        "20261122-083000-stress-predict/..",
        "20261122-083000-stress-predict/../../secret",
        "20261122-083000-stress-predict\u0000",
        "/etc/passwd",
        "20261122-083000-sprint-predict"
      })
  void looksForNothingUnderOtherNames(String name) throws IOException {
    keep(NEWER);
    assertThat(reports().report(name)).isEmpty();
  }

  @Test
  void followsNoLinks() throws IOException {
    Path run = keep(NEWER);
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    Files.move(run, elsewhere.resolve("run"));
    Files.createSymbolicLink(run, elsewhere.resolve("run"));
    assertThat(reports().report(NEWER)).isEmpty();
    assertThat(reports().list().getRunsList()).isEmpty();

    Files.delete(run);
    keep(NEWER);
    Files.move(run.resolve("report.html"), elsewhere.resolve("report.html"));
    Files.createSymbolicLink(run.resolve("report.html"), elsewhere.resolve("report.html"));
    assertThat(reports().report(NEWER)).isEmpty();
  }
}
