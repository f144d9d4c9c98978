package dev.alta.app.fsck;

import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.model.Models;
import dev.alta.core.audit.Finding;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.database.Database;
import dev.alta.database.DatabaseException;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.Generation;
import dev.alta.database.TableAudit;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.RegistryAudit;
import dev.alta.model.registry.RegistryException;
import dev.alta.model.registry.StoreException;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.prepare.SplitCheck;
import dev.alta.proto.v1.SplitCertificate;
import dev.alta.scorer.log.SpoolAudit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks all that is kept against each other. */
public final class Fsck {
  /**
   * What was found.
   *
   * @param tables empty where the database cannot be read
   * @param models empty where the bucket cannot be read
   * @param spool what waits in it
   */
  public record Report(
      Optional<TableAudit.Result> tables,
      Optional<RegistryAudit.Result> models,
      long spool,
      List<Finding> findings) {}

  private static final String BOTH =
      "database and bucket are not of one moment: bring both back from one backup: alta restore";

  private final Contract contract;
  private final Storage storage;
  private final Parts parts;
  private final List<Finding> findings = new ArrayList<>();

  private Fsck(Contract contract, Storage storage, Parts parts) {
    this.contract = contract;
    this.storage = storage;
    this.parts = parts;
  }

  /**
   * Checks everything.
   *
   * @param home with the embedded parts' secrets
   * @param spool of a scorer; may not be there
   */
  public static Report run(Contract contract, Path home, Path spool, Storage storage, Parts parts)
      throws IOException {
    Fsck fsck = new Fsck(contract, storage, parts);
    fsck.findings.addAll(HomeAudit.of(home));
    return fsck.run(spool);
  }

  private Report run(Path spool) throws IOException {
    // First, and alone: it is there also where an embedded database does not start.
    Optional<ObjectStore> bucket = bucket();
    Optional<Database> database = database();
    Optional<TableAudit.Result> tables = database.flatMap(this::tables);
    Optional<RegistryAudit.Result> models = bucket.flatMap(this::models);
    if (database.isPresent() && tables.isPresent()) {
      split(database.get(), tables.get(), bucket);
      models.ifPresent(found -> together(tables.get(), found));
    }
    SpoolAudit.Result spooled =
        SpoolAudit.of(spool, tables.map(TableAudit.Result::drained).orElse(Map.of()));
    findings.addAll(spooled.findings());
    return new Report(tables, models, spooled.waiting(), List.copyOf(findings));
  }

  private Optional<Database> database() {
    try {
      DatabaseSettings url = storage.database();
      return Optional.of(parts.start(() -> Database.audit(url, contract)));
    } catch (CannotStartException away) {
      add("database: " + away.getMessage(), "start it, and look into its log");
      return Optional.empty();
    }
  }

  /** Empty where they are not as they can be looked at, which is a finding. */
  private Optional<TableAudit.Result> tables(Database database) {
    try {
      TableAudit.Result result = database.tableAudit().run();
      findings.addAll(result.findings());
      return Optional.of(result).filter(TableAudit.Result::isReadable);
    } catch (DatabaseException away) {
      add("database: " + away.getMessage(), "start it, and look into its log");
      return Optional.empty();
    }
  }

  private Optional<ObjectStore> bucket() {
    try {
      StoreSettings settings = storage.storeAlone();
      try (FileStore files = FileStore.of(settings)) {
        files.list("aliases/"); // does not make a bucket that is not there, as ObjectStore would
      }
      return Optional.of(parts.start(() -> ObjectStore.open(settings)));
    } catch (CannotStartException | StoreException away) {
      add("bucket: " + away.getMessage(), "start the object store, or " + Finding.RESTORE);
      return Optional.empty();
    }
  }

  private Optional<RegistryAudit.Result> models(ObjectStore bucket) {
    RegistryAudit.Result result = Models.in(bucket).audit(contract);
    findings.addAll(result.findings());
    return Optional.of(result);
  }

  private void split(Database database, TableAudit.Result tables, Optional<ObjectStore> bucket) {
    if (tables.generations().isEmpty()) {
      return;
    }
    Optional<DatasetDocuments> documents = bucket.map(DatasetDocuments::new);
    SplitCheck.run(contract, database, documents)
        .findings()
        .forEach(
            finding -> add("split: " + finding, "alta split verify says more; " + Finding.RESTORE));
    documents.ifPresent(
        kept -> {
          for (Generation generation : tables.generations()) {
            documents(kept, generation);
          }
        });
  }

  /** One of before there were certificates has none. */
  private void documents(DatasetDocuments kept, Generation generation) {
    if (generation.assignmentSha256().isEmpty()) {
      return;
    }
    long number = generation.number();
    try {
      if (kept.profile(number).isEmpty()) {
        add("bucket: generation " + number + " has no profile (expected: one)", Finding.RESTORE);
      }
      Optional<SplitCertificate> certificate = kept.certificate(number);
      if (!certificate
          .map(SplitCertificate::getAssignmentSha256)
          .equals(generation.assignmentSha256())) {
        add(
            "bucket: the certificate of generation %d has the digest %s (expected: %s, as in the"
                    .formatted(
                        number,
                        certificate.map(SplitCertificate::getAssignmentSha256).orElse("of none"),
                        generation.assignmentSha256().get())
                + " tables)",
            Finding.RESTORE);
      }
    } catch (RegistryException.Damaged damaged) {
      add("bucket: " + damaged.getMessage(), Finding.RESTORE);
    }
  }

  /** What tables and bucket say of each other. */
  private void together(TableAudit.Result tables, RegistryAudit.Result models) {
    Set<Long> generations =
        tables.generations().stream().map(Generation::number).collect(Collectors.toSet());
    models
        .generations()
        .forEach(
            (version, generation) -> {
              // 0: nobody said of which data it was made.
              if (generation > 0 && !generations.contains(generation)) {
                add(
                    "version %d was made of generation %d (expected: one that the tables know)"
                        .formatted(version, generation),
                    BOTH);
              }
            });
    for (String version : tables.served()) {
      if (models.generations().keySet().stream().noneMatch(v -> version.equals(v.toString()))) {
        add(
            "inference_log: predictions of version %s (expected: versions of the bucket)"
                .formatted(version),
            BOTH);
      }
    }
  }

  private void add(String what, String remedy) {
    findings.add(new Finding(what, remedy));
  }
}
