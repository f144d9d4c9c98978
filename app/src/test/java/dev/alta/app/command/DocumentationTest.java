package dev.alta.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the Markdown files name is there: files, headings, commands of {@code alta} with their
 * flags, scripts. What the commands do when they are run: {@code .ci/documented}.
 */
final class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".alta", "node_modules");
  private static final List<Path> FILES = files();
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
  private static final Pattern CALL =
      Pattern.compile("(?m)(?:^|`|&& )(?:\\./)?alta ([a-z][^`|;&\\n]*)");
  private static final Pattern SCRIPT =
      Pattern.compile("`((?:\\.ci|loadtest|k8s|fuzz|security|images)/[a-z0-9/-]+)[ `]");
  private static final Pattern SETTING = Pattern.compile("-D(alta\\.[a-z.]+)|\\b(ALTA_[A-Z_]+)\\b");
  private static final Pattern EXAMPLE = Pattern.compile("^(Example|or|then|and):");
  private static final Pattern FLAG = Pattern.compile("--[a-z][a-z0-9-]*");

  @Test
  void linksLeadToFilesAndHeadings() {
    List<String> broken = new ArrayList<>();
    for (Path file : markdown()) {
      LINK.matcher(text(file))
          .results()
          .map(link -> link.group(1))
          .forEach(
              link -> {
                if (!link.contains("://") && !leadsSomewhere(file, link)) {
                  broken.add(ROOT.relativize(file) + ": " + link);
                }
              });
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path file, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1
            || HEADING.matcher(text(target)).results().anyMatch(h -> anchor(h).equals(parts[1])));
  }

  /** As GitHub makes it. */
  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  @Test
  void commandsAndFlagsOfAltaAreThoseThatThereAre() {
    List<String> unknown = new ArrayList<>();
    CommandLine alta = line();
    int calls = 0;
    for (Path file : markdown()) {
      for (MatchResult call : CALL.matcher(code(text(file))).results().toList()) {
        calls++;
        String problem = problem(alta, call.group(1));
        if (!problem.isEmpty()) {
          unknown.add(ROOT.relativize(file) + ": alta " + call.group(1) + ": " + problem);
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(calls).isGreaterThan(50);
  }

  private static String problem(CommandLine alta, String call) {
    CommandLine command = alta;
    for (String word : call.strip().split("\\s+", -1)) {
      CommandLine sub = command.getSubcommands().get(word);
      if (sub == null) {
        if (command.getSubcommands().isEmpty() || !word.matches("[a-z-]+")) {
          break;
        }
        return word + " is no command";
      }
      command = sub;
    }
    CommandSpec spec = command.getCommandSpec();
    return FLAG.matcher(call)
        .results()
        .map(MatchResult::group)
        .filter(flag -> spec.findOption(flag) == null)
        .findFirst()
        .map(flag -> flag + " is no flag of " + spec.qualifiedName())
        .orElse("");
  }

  @Test
  void scriptsAndSettingsAreThere() {
    String sources = sources();
    List<String> missing = new ArrayList<>();
    for (Path file : markdown()) {
      SCRIPT
          .matcher(text(file))
          .results()
          .map(found -> found.group(1))
          .filter(script -> !script.contains("/target/") && !Files.exists(ROOT.resolve(script)))
          .forEach(script -> missing.add(ROOT.relativize(file) + ": " + script));
      SETTING
          .matcher(text(file))
          .results()
          .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
          .filter(name -> !isKnown(name, sources))
          .forEach(name -> missing.add(ROOT.relativize(file) + ": " + name));
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isKnown(String name, String sources) {
    String flag = "--" + name.replaceFirst("^ALTA_", "").toLowerCase(Locale.ROOT).replace('_', '-');
    return sources.contains('"' + flag + '"') || sources.contains(name);
  }

  @Test
  void helpOfEachCommandCanBePrintedAndItsExamplesCopied() {
    helpOf(line());
  }

  private static void helpOf(CommandLine command) {
    StringWriter help = new StringWriter();
    command.usage(new PrintWriter(help, true));
    String name = command.getCommandSpec().qualifiedName();
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      if (EXAMPLE.matcher(line).find()) {
        assertThat(help.toString()).as(name + ": in one line").contains(line);
      }
    }
    for (String line : command.getCommandSpec().usageMessage().description()) {
      assertThat(String.format(line)).as(name).isNotEmpty();
    }
    command.getSubcommands().values().forEach(DocumentationTest::helpOf);
  }

  private static CommandLine line() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return new Alta(Map.of(), ROOT, nowhere, nowhere).line();
  }

  /** Fenced blocks and what stands between back quotes. */
  private static String code(String markdown) {
    StringBuilder code = new StringBuilder();
    String[] parts = markdown.split("(?m)^```.*$", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1) {
        code.append(parts[i].replaceAll("(?m)#.*$", "")).append('\n');
      } else {
        Pattern.compile("`[^`\\n]+`")
            .matcher(parts[i])
            .results()
            .forEach(span -> code.append(span.group()).append('\n'));
      }
    }
    return code.toString();
  }

  private static List<Path> markdown() {
    return FILES.stream().filter(file -> file.toString().endsWith(".md")).toList();
  }

  private static String sources() {
    StringBuilder sources = new StringBuilder();
    FILES.stream()
        .filter(file -> !file.toString().endsWith(".md"))
        .filter(
            file ->
                file.toString().matches(".*\\.(java|xml|sh|py|yaml)|.*/(alta|run|compare|scorer)"))
        .forEach(file -> sources.append(text(file)));
    return sources.toString();
  }

  /** Of the repository; what builds and runs leave behind is not gone into. */
  private static List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes found) {
              return NOT_OURS.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
              if (found.isRegularFile()) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return List.copyOf(files);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
