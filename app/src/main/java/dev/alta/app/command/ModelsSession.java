package dev.alta.app.command;

import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.model.Models;
import dev.alta.app.terminal.Json;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.database.CleanData;
import dev.alta.database.Database;
import dev.alta.database.DatabaseException;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Encounter;
import dev.alta.training.dataset.RowSource;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A command on the models of a bucket; the database is only asked for where it is needed. */
final class ModelsSession {
  static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  /** What the command does; gives its exit code. */
  @FunctionalInterface
  interface Work {
    int run(ModelsSession session) throws Exception;
  }

  private final StorageSettings where;
  private final Storage storage;
  private final Parts parts;
  private final PrintWriter out;
  private final Registry registry;
  private @Nullable CleanData cleanData;

  private ModelsSession(StorageSettings where, Storage storage, Parts parts, PrintWriter out) {
    this.where = where;
    this.storage = storage;
    this.parts = parts;
    this.out = out;
    this.registry = Models.in(parts.start(() -> ObjectStore.open(storage.storeAlone())));
  }

  /**
   * Runs a command.
   *
   * @throws CannotStartException if there is no bucket; then nothing was made
   */
  static int run(CommandSpec spec, StorageOptions options, boolean json, Work work)
      throws Exception {
    StorageSettings where = Alta.settings(spec, options::settings);
    return new Session(spec, where, json)
        .onModels(
            (storage, parts, terminal) ->
                work.run(new ModelsSession(where, storage, parts, spec.commandLine().getOut())));
  }

  Registry registry() {
    return registry;
  }

  /** Decides and prints the decision; gives the exit code. */
  int decide(DecisionKind kind, int version, String who, String reason, boolean json) {
    Decision decision =
        registry.decide(
            registry.history(),
            Decision.newBuilder()
                .setKind(kind)
                .setVersion(Integer.toString(version))
                .setWho(who)
                .setReason(reason)
                .build());
    print(json ? Json.of(decision) : "version " + version + " " + DecisionWords.of(decision));
    registry
        .alias(Alias.CHAMPION)
        .filter(champion -> !json && kind == DecisionKind.ROLLED_BACK)
        .ifPresent(champion -> print("version " + champion.version() + " is champion"));
    return 0;
  }

  void print(String text) {
    out.println(text);
  }

  /**
   * The rows of clean_data. The database is reached when they are first read, which throws {@link
   * CannotStartException} or {@link DatabaseException}, in one line, where that cannot be.
   */
  RowSource rows() {
    return each -> cleanData().read(each).number();
  }

  private CleanData cleanData() {
    CleanData found = cleanData;
    if (found == null) {
      Storage.requireDatabase(where);
      DatabaseSettings url = storage.database();
      found = parts.start(() -> Database.open(url, CONTRACT)).cleanData();
      cleanData = found;
    }
    return found;
  }
}
