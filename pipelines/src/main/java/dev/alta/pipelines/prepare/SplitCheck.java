package dev.alta.pipelines.prepare;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.alta.core.contract.Contract;
import dev.alta.core.split.PatientRecord;
import dev.alta.core.split.Side;
import dev.alta.core.split.SplitVerifier;
import dev.alta.database.Database;
import dev.alta.database.Generation;
import dev.alta.database.SplitAudit.Splits;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.model.registry.RegistryException;
import dev.alta.proto.v1.SplitCertificate;
import dev.alta.proto.v1.StratumCertificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the split of the published clean_data: recomputes it from the tables alone and compares
 * that with the certificate.
 */
public final class SplitCheck {
  /**
   * What was found.
   *
   * @param patients how many were looked at
   * @param generations how many splits they were checked against
   * @param inBucket whether the certificate in the bucket was compared, too
   * @param findings all that is off, in words; empty if nothing is
   */
  public record Result(
      Generation generation,
      long patients,
      int generations,
      boolean inBucket,
      List<String> findings) {
    public boolean ok() {
      return findings.isEmpty();
    }
  }

  private static final Logger log = LoggerFactory.getLogger(SplitCheck.class);

  private SplitCheck() {}

  /**
   * Checks it.
   *
   * @param bucket where the certificate was kept; empty to look at the tables alone
   * @throws dev.alta.database.DatabaseException if nothing was published yet
   */
  public static Result run(
      Contract contract, Database database, Optional<DatasetDocuments> bucket) {
    Pass pass = database.cleanData().splitAudit().run(Pass::new);
    Generation latest = pass.splits.latest();
    List<String> findings = new ArrayList<>(pass.verifier.findings());
    checkRows(contract, latest, pass.verifier, findings);
    // A generation of before there were certificates has none in the bucket, either.
    boolean inBucket = bucket.isPresent() && latest.assignmentSha256().isPresent();
    if (inBucket) {
      compare(bucket.get(), pass.splits, findings);
    }
    log.info("split of generation {}: {} findings", latest.number(), findings.size());
    return new Result(
        latest, pass.verifier.patients(), pass.splits.splits().size(), inBucket, findings);
  }

  /** One look at all patients. */
  private static final class Pass implements Consumer<PatientRecord> {
    final Splits splits;
    final SplitVerifier verifier;

    Pass(Splits splits) {
      this.splits = splits;
      this.verifier = new SplitVerifier(splits.latest().number(), splits.splits());
    }

    @Override
    public void accept(PatientRecord patient) {
      verifier.accept(patient);
    }
  }

  private static void checkRows(
      Contract contract, Generation latest, SplitVerifier verifier, List<String> findings) {
    List<String> classes = contract.classes();
    long kept = 0;
    for (Side side : Side.values()) {
      long[] rows = verifier.rows().getOrDefault(side.label(), new long[classes.size()]);
      for (int label = 0; label < classes.size(); label++) {
        kept += rows[label];
        long expected =
            latest.counts().getOrDefault(side, Map.of()).getOrDefault(classes.get(label), 0L);
        if (rows[label] != expected) {
          findings.add(
              String.format(
                  "%d rows of class %s on %s (expected: %d, as published)",
                  rows[label], classes.get(label), side.label(), expected));
        }
      }
    }
    long excluded = latest.excluded().values().stream().mapToLong(n -> n).sum();
    if (kept + excluded != latest.rowsRead()) {
      findings.add(
          String.format(
              "%d rows kept and %d excluded (expected: %d in all)",
              kept, excluded, latest.rowsRead()));
    }
  }

  private static void compare(DatasetDocuments bucket, Splits splits, List<String> findings) {
    String name = DatasetDocuments.certificateName(splits.latest().number());
    try {
      Optional<SplitCertificate> kept = bucket.certificate(splits.latest().number());
      if (kept.isEmpty()) {
        findings.add(name + ": not in the bucket");
      } else {
        splits
            .certificate()
            .ifPresent(fromTables -> compare(name, kept.get(), fromTables, findings));
      }
    } catch (RegistryException.Damaged damaged) {
      findings.add(damaged.getMessage());
    }
  }

  private static void compare(
      String name, SplitCertificate bucket, SplitCertificate tables, List<String> findings) {
    for (FieldDescriptor field : SplitCertificate.getDescriptor().getFields()) {
      if (!bucket.getField(field).equals(tables.getField(field))) {
        findings.add(name + ": " + difference(field, bucket, tables));
      }
    }
  }

  private static String difference(
      FieldDescriptor field, SplitCertificate bucket, SplitCertificate tables) {
    if (field.getNumber() == SplitCertificate.STRATA_FIELD_NUMBER) {
      return "other strata than the tables: " + differentStrata(bucket, tables);
    }
    if (field.isRepeated()) {
      return "other " + field.getName() + " than the tables";
    }
    return field.getName()
        + " "
        + bucket.getField(field)
        + " (expected: "
        + tables.getField(field)
        + ", as in the tables)";
  }

  private static String differentStrata(SplitCertificate bucket, SplitCertificate tables) {
    Map<String, StratumCertificate> left = new HashMap<>();
    bucket.getStrataList().forEach(stratum -> left.put(stratum.getEncounters(), stratum));
    List<String> different = new ArrayList<>();
    for (StratumCertificate stratum : tables.getStrataList()) {
      if (!stratum.equals(left.remove(stratum.getEncounters()))) {
        different.add(stratum.getEncounters());
      }
    }
    different.addAll(left.keySet());
    return String.join("; ", different.subList(0, Math.min(10, different.size())));
  }
}
