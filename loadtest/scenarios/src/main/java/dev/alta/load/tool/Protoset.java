package dev.alta.load.tool;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.alta.proto.v1.ReadmissionProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** The scorer's service and messages, for tools that would else ask the target by reflection. */
public final class Protoset {
  private Protoset() {}

  /** Writes it, as {@code protoc --include_imports --descriptor_set_out} would. */
  public static void write(Path file) throws IOException {
    Set<FileDescriptor> files = new LinkedHashSet<>();
    collect(ReadmissionProto.getDescriptor(), files);
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    files.forEach(one -> set.addFile(one.toProto()));
    Files.write(file, set.build().toByteArray());
  }

  /** Those that a file needs come before it. */
  private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
    file.getDependencies().forEach(needed -> collect(needed, files));
    files.add(file);
  }
}
