package dev.alta.app.command;

import dev.alta.app.terminal.Json;
import dev.alta.model.registry.History;
import dev.alta.proto.v1.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta models show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows all that is known of a version: from what it was made, its figures, its objects with"
          + " their digests, and every decision about it. Needs the bucket only."
    },
    footer = {"", "Example: alta models show champion"})
final class ModelsShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "VERSION", description = "A number or an alias.")
  private String version;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Show it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return ModelsSession.run(spec, storage, json, this::show);
  }

  private int show(ModelsSession session) {
    int number = session.registry().version(version);
    History history = session.registry().history();
    Manifest manifest = session.registry().manifest(number).orElseThrow();
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("version", number);
      fields.put("state", history.state(number).label());
      fields.put("manifest", manifest);
      fields.put("decisions", history.concerning(number));
      session.print(Json.of(fields));
    } else {
      session.print(
          ModelSheet.of(
              manifest,
              history.state(number),
              history.concerning(number),
              ModelsSession.CONTRACT.classes()));
    }
    return 0;
  }
}
