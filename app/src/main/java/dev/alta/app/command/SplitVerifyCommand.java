package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.core.contract.Contract;
import dev.alta.core.split.Side;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.model.registry.ObjectStore;
import dev.alta.pipelines.prepare.SplitCheck;
import dev.alta.proto.v1.Encounter;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta split verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Recomputes the split of clean_data from the tables alone and compares it with its"
          + " certificate. Says OK, or names all that is off and ends with 1."
    },
    footer = {"", "Example: alta split verify --home ./my-hospital"})
final class SplitVerifyCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @Spec private CommandSpec spec;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say as JSON what was found.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    return new Session(spec, where, json)
        .onDatabase(
            CONTRACT,
            (database, reached, parts, terminal) -> {
              ObjectStore bucket = parts.start(() -> ObjectStore.open(reached.store()));
              SplitCheck.Result result =
                  SplitCheck.run(CONTRACT, database, Optional.of(new DatasetDocuments(bucket)));
              PrintWriter out = spec.commandLine().getOut();
              out.println(json ? Json.of(fields(result)) : words(result));
              return result.ok() ? 0 : 1;
            });
  }

  private static String words(SplitCheck.Result result) {
    if (!result.ok()) {
      return String.format(
          Locale.ROOT,
          "Not as published: split of generation %d%n  %s",
          result.generation().number(),
          String.join(System.lineSeparator() + "  ", result.findings()));
    }
    return String.format(
        Locale.ROOT,
        "OK: %,d patients are where the certificates of %d generation%s put them%s;"
            + " rows: train %,d, validation %,d, test %,d",
        result.patients(),
        result.generations(),
        result.generations() == 1 ? "" : "s",
        result.inBucket() ? ", in tables and bucket" : "",
        result.generation().rows(Side.TRAIN),
        result.generation().rows(Side.VALIDATION),
        result.generation().rows(Side.TEST));
  }

  private static Map<String, Object> fields(SplitCheck.Result result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ok", result.ok());
    fields.put("generation", result.generation().number());
    fields.put("generations", result.generations());
    fields.put("patients", result.patients());
    fields.put("in_bucket", result.inBucket());
    fields.put("findings", result.findings());
    return fields;
  }
}
