package dev.alta.fuzz;

import dev.alta.core.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The inputs of a target that are kept: one archive each, the same bytes for the same inputs.
 * Inputs are made up by a fuzzer from a few written by hand; nothing of a patient is in them.
 */
public final class Corpus {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final int LONGEST_NAME = 16;

  private Corpus() {}

  /** The inputs of an archive, by their names there. */
  public static Map<String, byte[]> read(Path archive) throws IOException {
    Map<String, byte[]> inputs = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        inputs.put(entry.getName(), zip.readAllBytes());
      }
    }
    return inputs;
  }

  /**
   * {@code targets} names them; {@code unpack TARGET ARCHIVE FOLDER} also writes the seeds; {@code
   * pack FOLDER ARCHIVE BYTES}: smallest inputs first, so many bytes at most.
   */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "targets" -> Target.ALL.forEach(System.out::println);
      case "unpack" ->
          unpack(Target.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
      case "pack" ->
          pack(Path.of(arguments[1]), Path.of(arguments[2]), Long.parseLong(arguments[3]));
      default ->
          throw new IllegalArgumentException(arguments[0] + " (expected: targets, pack or unpack)");
    }
  }

  private static void unpack(Target target, Path archive, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<byte[]> inputs = new ArrayList<>(target.seeds());
    if (Files.exists(archive)) {
      inputs.addAll(read(archive).values());
    }
    for (byte[] input : inputs) {
      Files.write(folder.resolve(Sha256.of(input).substring(0, LONGEST_NAME)), input);
    }
  }

  private static void pack(Path folder, Path archive, long most) throws IOException {
    Map<String, byte[]> kept = new TreeMap<>();
    long left = most;
    for (byte[] input : smallestFirst(folder)) {
      left -= input.length;
      if (left >= 0) {
        kept.put(Sha256.of(input).substring(0, LONGEST_NAME), input);
      }
    }

    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> input : kept.entrySet()) {
        ZipEntry entry = new ZipEntry(input.getKey());
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(input.getValue());
      }
    }
    System.out.println(kept.size() + " inputs kept in " + Files.size(archive) + " bytes");
  }

  private static List<byte[]> smallestFirst(Path folder) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          inputs.add(in.readAllBytes());
        }
      }
    }
    inputs.sort(Comparator.comparingInt(input -> input.length));
    return inputs;
  }
}
