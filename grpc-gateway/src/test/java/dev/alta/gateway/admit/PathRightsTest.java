package dev.alta.gateway.admit;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import dev.alta.core.admit.Right;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathRightsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/health",
        "/health/",
        "/ready",
        "/v2/health/live",
        "/v2/health/ready",
        "/schema",
        "/openapi.json",
        "/docs",
        "/docs/",
        "/docs/*",
        "/page/*"
      })
  void opensProbesTheContractAndFilesToAll(String path) {
    assertThat(PathRights.of(HttpMethod.GET, path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /predict, PREDICT",
    "POST, /predict/, PREDICT",
    "POST, /explain, PREDICT",
    "GET, /models, PREDICT",
    "HEAD, /models/:version, PREDICT",
    "GET, /v2, PREDICT",
    "GET, /v2/models/:model/ready, PREDICT",
    "POST, /v2/models/:model/infer, PREDICT",
    "POST, /v2/models/:model/versions/:version/infer, PREDICT",
    "POST, /v2/repository/index, PREDICT",
    "GET, /metrics/, METRICS",
    "POST, /load_model, ADMIN",
    "POST, /models/rollback, ADMIN",
    "POST, /models/:version/promote, ADMIN",
    "POST, /v2/repository/models/:model/load, ADMIN",
    "POST, /v2/repository/models/:model/unload/, ADMIN",
    "GET, /unheard-of, PREDICT",
    "POST, /unheard-of, ADMIN",
    "DELETE, /documents, ADMIN",
  })
  void asksForARightOtherwise(HttpMethod method, String path, Right right) {
    assertThat(PathRights.of(method, path)).contains(right);
  }
}
