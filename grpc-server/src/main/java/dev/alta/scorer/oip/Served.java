package dev.alta.scorer.oip;

import dev.alta.scorer.predict.Answering;
import dev.alta.scorer.swap.LiveModel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The one model that is served, found by the names that the protocol's requests give. */
final class Served {
  private final Answering answering;

  Served(Answering answering) {
    this.answering = answering;
  }

  /**
   * The model that answers.
   *
   * @param version empty for the one that is served; the alias that it was loaded by is as good
   * @throws StatusRuntimeException NOT_FOUND for any other, UNAVAILABLE where none is served
   */
  LiveModel model(String name, String version) {
    LiveModel model = answering.model();
    requireName(name, model.manifest().getName());
    String alias = model.alias();
    if (!version.isEmpty() && !version.equals(model.version()) && !version.equals(alias)) {
      throw notFound(
          "model "
              + name
              + " version "
              + version
              + ": not served (expected: "
              + model.version()
              + (alias.isEmpty() ? "" : ", " + alias)
              + ", or none)");
    }
    return model;
  }

  /** Requires that a name is that of the only model there is. */
  static void requireName(String name, String expected) {
    if (!name.equals(expected)) {
      throw notFound("model " + name + ": not there (expected: " + expected + ")");
    }
  }

  static StatusRuntimeException notFound(String what) {
    return Status.NOT_FOUND.withDescription(what).asRuntimeException();
  }
}
