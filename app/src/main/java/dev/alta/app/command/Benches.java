package dev.alta.app.command;

import dev.alta.app.data.EmbeddedEngine;
import dev.alta.app.data.Engine;
import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.model.CodeVersion;
import dev.alta.app.model.Models;
import dev.alta.app.terminal.Terminal;
import dev.alta.app.workflow.Bench;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.model.registry.ObjectStore;
import dev.alta.proto.v1.Encounter;
import java.time.Clock;

/** Opens what workflows work with. */
final class Benches {
  static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  private Benches() {}

  /** Its pipelines run in this process. */
  static Bench of(Storage storage, Parts parts, Terminal terminal) {
    return of(storage, parts, terminal, new EmbeddedEngine());
  }

  static Bench of(Storage storage, Parts parts, Terminal terminal, EngineSettings where) {
    return of(storage, parts, terminal, where.open(parts));
  }

  private static Bench of(Storage storage, Parts parts, Terminal terminal, Engine engine) {
    Database database = parts.start(() -> Database.open(storage.database(), CONTRACT));
    ObjectStore bucket = parts.start(() -> ObjectStore.open(storage.store()));
    return new Bench(
        CONTRACT,
        storage,
        parts,
        database,
        Models.in(bucket),
        terminal,
        engine,
        CodeVersion.get(),
        Clock.systemUTC());
  }
}
