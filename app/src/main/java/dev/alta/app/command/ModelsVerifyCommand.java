package dev.alta.app.command;

import dev.alta.app.terminal.Json;
import dev.alta.model.registry.Verification;
import dev.alta.model.registry.Verification.CheckedObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta models verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads every object of a version, or of all, and compares it with its digest; loads the"
          + " model and lets it answer the samples that it brings along. Names each object that is"
          + " damaged, missing or too much; exit code 1 then. Needs the bucket only."
    },
    footer = {"", "Example: alta models verify --all"})
final class ModelsVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "VERSION", description = "A number or an alias.")
  private @Nullable String version;

  @Option(names = "--all", description = "Every version, the archived ones too.")
  private boolean all;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Show it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Alta.settings(spec, this::requireOne);
    return ModelsSession.run(spec, storage, json, this::verify);
  }

  private boolean requireOne() {
    if (all == (version != null)) {
      throw new IllegalArgumentException("verify: expected either a version or --all");
    }
    return all;
  }

  private int verify(ModelsSession session) {
    String given = version;
    List<Integer> versions =
        given == null ? session.registry().versions() : List.of(session.registry().version(given));
    List<Verification> found =
        versions.stream()
            .map(number -> session.registry().verify(number, ModelsSession.CONTRACT))
            .toList();
    session.print(
        json ? Json.of(found.stream().map(ModelsVerifyCommand::fields).toList()) : text(found));
    return found.stream().allMatch(Verification::ok) ? 0 : 1;
  }

  private static String text(List<Verification> found) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    for (Verification verification : found) {
      lines.add(
          String.format(
              Locale.ROOT,
              "version %d: %s, %d objects, %,d bytes",
              verification.version(),
              verification.ok() ? "OK" : "DAMAGED",
              verification.objects().size(),
              verification.objects().stream().mapToLong(CheckedObject::size).sum()));
      verification.findings().forEach(finding -> lines.add("  " + finding));
    }
    return found.isEmpty() ? "No versions yet." : lines.toString();
  }

  private static Map<String, Object> fields(Verification verification) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", verification.version());
    fields.put("ok", verification.ok());
    fields.put(
        "objects",
        verification.objects().stream()
            .map(
                object -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("name", object.name());
                  one.put("size", object.size());
                  one.put("finding", object.finding());
                  return one;
                })
            .toList());
    return fields;
  }
}
