package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.core.contract.Contract;
import dev.alta.pipelines.prepare.SplitExplanation;
import dev.alta.proto.v1.Encounter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta split explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Says on which side a patient is, and why.",
    footer = {"", "Example: alta split explain --patient 8222157"})
final class SplitExplainCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @Spec private CommandSpec spec;

  @Option(
      names = "--patient",
      paramLabel = "ID",
      required = true,
      description = "The patient's number.")
  private long patient;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    return new Session(spec, where, json)
        .onDatabase(
            CONTRACT,
            (database, reached, parts, terminal) -> {
              SplitExplanation found = SplitExplanation.of(database, patient);
              spec.commandLine()
                  .getOut()
                  .print(json ? Json.of(found.fields()) + "\n" : found.words(CONTRACT));
              spec.commandLine().getOut().flush();
              return 0;
            });
  }
}
