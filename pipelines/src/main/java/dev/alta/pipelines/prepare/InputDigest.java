package dev.alta.pipelines.prepare;

import dev.alta.core.contract.Contract;
import dev.alta.core.digest.Sha256;
import dev.alta.database.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** A digest over all that decides what clean_data will be. */
final class InputDigest {
  /**
   * To be raised when the code gives another result for the same rows. 2: patients keep their
   * sides, and each generation has a certificate and a profile. 3: histories.
   */
  private static final String RULES = "rules 3";

  private InputDigest() {}

  static String of(Contract contract, long seed, List<LedgerEntry> batches) {
    MessageDigest digest = Sha256.start();
    add(digest, RULES);
    add(digest, "seed " + seed);
    add(digest, contract.name());
    digest.update(contract.message().getFile().toProto().toByteArray());
    for (LedgerEntry entry : batches) {
      add(
          digest,
          entry.batchId()
              + " "
              + entry.batch().number()
              + " "
              + entry.batch().sha256()
              + " "
              + entry.accepted()
              + " "
              + entry.batch().source());
    }
    return Sha256.finish(digest);
  }

  private static void add(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
