package dev.alta.pipelines.file;

import dev.alta.pipelines.PipelineException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file of this machine.
 *
 * @param address absolute path
 */
record LocalPlace(String address) implements Place {
  static LocalPlace of(Path path) {
    return new LocalPlace(path.toAbsolutePath().normalize().toString());
  }

  private Path path() {
    return Path.of(address);
  }

  @Override
  public String name() {
    return String.valueOf(path().getFileName());
  }

  @Override
  public Place beside(String name) {
    return of(path().resolveSibling(name));
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public Optional<Found> find() {
    Path path = path();
    try {
      return Files.isRegularFile(path)
          ? Optional.of(
              new Found(
                  Files.size(path), Long.toString(Files.getLastModifiedTime(path).toMillis())))
          : Optional.empty();
    } catch (IOException failed) {
      throw new PipelineException(
          address + ": " + failed.getMessage() + " (expected: a file that can be read)", failed);
    }
  }

  @Override
  public List<Place> matching() {
    Glob glob = Glob.of(address);
    Path folder = Path.of(Glob.folder(address));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    // Without **, nothing below the pattern's own depth can match.
    int depth =
        address.contains("**")
            ? Integer.MAX_VALUE
            : Path.of(address).getNameCount() - folder.getNameCount();
    try (Stream<Path> paths = Files.walk(folder, depth)) {
      return paths
          .map(Path::toString)
          .filter(glob::matches)
          .filter(name -> Files.isRegularFile(Path.of(name)))
          .sorted()
          .<Place>map(LocalPlace::new)
          .toList();
    } catch (IOException | UncheckedIOException failed) {
      throw new PipelineException(
          folder + ": " + failed.getMessage() + " (expected: a folder that can be read)", failed);
    }
  }

  @Override
  public List<Place> besides(String prefix) {
    Path folder = path().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .filter(Files::isRegularFile)
          .map(path -> (Place) of(path))
          .toList();
    } catch (IOException failed) {
      throw new PipelineException(
          folder + ": " + failed.getMessage() + " (expected: a folder that can be read)", failed);
    }
  }

  @Override
  public InputStream read(Found found, long from) throws IOException {
    FileInputStream in = new FileInputStream(address);
    try {
      in.getChannel().position(from);
      return in;
    } catch (IOException failed) {
      in.close();
      throw failed;
    }
  }

  @Override
  public void requireWritable() {
    Path path = path();
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path)) {
      throw new PipelineException(address + ": no file (expected: the name of a file to write)");
    }
    Path folder = path.getParent();
    try {
      if (folder == null || !Files.isWritable(Files.createDirectories(folder))) {
        throw new PipelineException(address + ": its folder (expected: one that can be written)");
      }
    } catch (IOException failed) {
      throw new PipelineException(address + ": its folder cannot be made (" + failed + ")", failed);
    }
  }

  @Override
  public void write(InputStream content) throws IOException {
    requireWritable();
    Path path = path();
    Path draft = path.resolveSibling("." + name() + "." + UUID.randomUUID());
    try {
      write(content, draft);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(InputStream content, Path draft) throws IOException {
    try (FileChannel file =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.transferTo(Channels.newOutputStream(file));
      file.force(true); // else the name could outlive a power cut and the content not
    }
  }

  @Override
  public void delete() throws IOException {
    Files.deleteIfExists(path());
  }
}
