package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.Decision;
import java.util.ArrayList;
import java.util.List;

/**
 * What was decided about the versions of one model: a list that only grows. Each decision is an
 * object that is created where there is none, so that of two who decide at once one does, and names
 * the digest of the one before.
 */
final class Decisions {
  /** All so far, and the digest of the last one; empty where there is none. */
  record Read(List<Decision> decisions, String lastSha256) {}

  private final ObjectStore store;
  private final ObjectNames names;

  Decisions(ObjectStore store, ObjectNames names) {
    this.store = store;
    this.names = names;
  }

  Read read() {
    int last =
        store.list(names.decisions()).stream()
            .flatMapToInt(object -> names.decisionOf(object).stream())
            .max()
            .orElse(0);
    List<Decision> decisions = new ArrayList<>(last);
    String before = "";
    for (int number = 1; number <= last; number++) {
      ByteString bytes = bytes(number, last);
      Decision decision = parsed(number, bytes);
      if (!decision.getPreviousSha256().equals(before)) {
        throw new RegistryException.Damaged(
            names.decision(Math.max(1, number - 1)),
            "sha256 " + before,
            "sha256 " + decision.getPreviousSha256() + ", as decision " + number + " says");
      }
      decisions.add(decision);
      before = digest(bytes);
    }
    return new Read(List.copyOf(decisions), before);
  }

  /**
   * Adds one.
   *
   * @throws RegistryException.DecidedMeanwhile if there is one of this number
   */
  void append(Decision decision) {
    String object = names.decision(decision.getNumber());
    ByteString bytes = Documents.write(decision);
    try {
      store.create(object, bytes);
    } catch (StoreException.PreconditionFailed taken) {
      ByteString found = store.get(object, Documents.LARGEST).bytes();
      // The same to the last byte: it was written by this call, whose answer was lost on the way.
      if (!found.equals(bytes)) {
        throw new RegistryException.DecidedMeanwhile(parsed(decision.getNumber(), found));
      }
    }
  }

  private ByteString bytes(int number, int last) {
    String object = names.decision(number);
    try {
      return store.get(object, Documents.LARGEST).bytes();
    } catch (StoreException.NotFound gap) {
      throw new RegistryException.Damaged(object, "not there", "each from 1 to " + last);
    }
  }

  private Decision parsed(int number, ByteString bytes) {
    String object = names.decision(number);
    Decision.Builder decision = Decision.newBuilder();
    Documents.read(object, bytes, decision);
    Documents.verify(object, "number " + decision.getNumber(), "number " + number);
    return decision.build();
  }

  private static String digest(ByteString bytes) {
    return Sha256.of(bytes.asReadOnlyByteBuffer());
  }
}
