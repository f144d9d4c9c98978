package dev.alta.load.target;

import dev.alta.load.record.Recording;
import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Load;

/** Calls a target; no call waits for another. */
public interface Caller extends AutoCloseable {
  /** Told how a call ended. */
  @FunctionalInterface
  interface Ended {
    /**
     * Called once for each call.
     *
     * @param status {@link Recording#OK}, or a status of gRPC or HTTP
     * @param version of the model that answered; empty where none did, and for streams
     */
    void with(String status, String version);
  }

  /** Makes the call of that number; returns at once. */
  void call(int number, Ended ended);

  @Override
  void close();

  /** Opens the connections of a load. */
  static Caller to(Target target, Requests requests, Load load) {
    return load.call().isGrpc()
        ? new GrpcCaller(target, requests, load)
        : new JsonCaller(target, requests, load);
  }
}
