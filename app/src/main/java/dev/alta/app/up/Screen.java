package dev.alta.app.up;

import dev.alta.app.home.Storage;
import dev.alta.core.admit.AdmitSettings;
import dev.alta.core.contract.Contract;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code alta up} prints when it is ready: what is where, and what to try. */
final class Screen {
  private Screen() {}

  static String of(
      Contract contract,
      UpSettings settings,
      Storage storage,
      Manifest model,
      Serving serving,
      Map<String, Double> seconds) {
    String encounter = TypicalEncounter.of(contract);
    String http = serving.url();
    AdmitSettings admit = settings.gateway().admit();
    String token = admit.asksForTokens() ? " -H 'Authorization: Bearer TOKEN'" : "";
    String roots = admit.tls().map(tls -> " -cacert " + tls.certificate()).orElse(" -plaintext");
    String metrics = admit.tls().isPresent() ? "https" : "http";
    int grpcPort = serving.grpcPort();
    return String.join(
        System.lineSeparator(),
        "",
        String.format(Locale.ROOT, "Alta is ready after %.0f s: %s", sum(seconds), http),
        "",
        row("page", http),
        row("JSON", http + "/predict   docs: " + http + "/docs"),
        row("gRPC", "127.0.0.1:" + grpcPort),
        row(
            "metrics",
            http
                + "/metrics   scorer: "
                + metrics
                + "://127.0.0.1:"
                + serving.metricsPort()
                + "/metrics"),
        row("model", figures(contract, model)),
        row("database", storage.howToLookIn()),
        row("bucket", storage.store().toString()),
        row("log", settings.whereLogged()),
        "",
        "Try:",
        "  curl -s "
            + http
            + "/predict"
            + admit.tls().map(tls -> " --cacert " + tls.certificate()).orElse("")
            + token
            + " -H 'Content-Type: application/json' -d '"
            + encounter
            + "'",
        "  grpcurl"
            + roots
            + token
            + " -d '{\"encounter\":"
            + encounter
            + "}' 127.0.0.1:"
            + grpcPort
            + " "
            + ReadmissionServiceGrpc.SERVICE_NAME
            + "/Predict",
        "",
        "Stop with Ctrl-C.");
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "  %-10s %s", name, value);
  }

  private static String figures(Contract contract, Manifest model) {
    Evaluation test = model.getTest();
    List<String> classes = contract.classes();
    int urgent = classes.size() - 1;
    return String.format(
        Locale.ROOT,
        "version %s; on %,d test rows: AUROC %s %.3f, any readmission %.3f, accuracy %.3f"
            + " (most frequent class %.3f)",
        model.getVersion(),
        test.getRows(),
        classes.get(urgent),
        test.getAuroc(urgent),
        test.getAurocReadmitted(),
        test.getAccuracy(),
        test.getMajorityShare());
  }

  private static double sum(Map<String, Double> seconds) {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
