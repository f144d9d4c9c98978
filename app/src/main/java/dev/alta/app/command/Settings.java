package dev.alta.app.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Settings that were not given as flags: environment names first, then {@code alta.properties}. */
final class Settings implements IDefaultValueProvider {
  private static final String PREFIX = "ALTA_";
  private static final String FILE = "alta.properties";
  // Read by the start script.
  private static final Set<String> NOT_OURS = Set.of("ALTA_JAVA_OPTS");

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads all settings of all commands.
   *
   * @throws IllegalArgumentException naming every setting that no command knows
   */
  static Settings read(CommandLine line, Map<String, String> environment, Path folder) {
    Set<String> known = new TreeSet<>();
    collect(line, known);
    Map<String, String> values = new HashMap<>();
    Set<String> unknown = new TreeSet<>();
    fromFile(folder.resolve(FILE))
        .forEach(
            (name, value) -> {
              values.put(name, value);
              if (!known.contains(name)) {
                unknown.add(FILE + ": " + name);
              }
            });
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && !NOT_OURS.contains(name)) {
            String option = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
            option = option.replace('_', '-');
            values.put(option, value);
            if (!known.contains(option)) {
              unknown.add(name);
            }
          }
        });
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown settings "
              + String.join(", ", unknown)
              + " (expected: "
              + String.join(", ", known)
              + ")");
    }
    return new Settings(values);
  }

  private static void collect(CommandLine line, Set<String> known) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        known.add(name(option));
      }
    }
    line.getSubcommands().values().forEach(sub -> collect(sub, known));
  }

  private static Map<String, String> fromFile(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
      }
    }
    Map<String, String> values = new HashMap<>();
    for (String name : List.copyOf(properties.stringPropertyNames())) {
      values.put(name, properties.getProperty(name).trim());
    }
    return values;
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? values.get(name(option)) : null;
  }
}
