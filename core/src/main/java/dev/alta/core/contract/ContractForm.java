package dev.alta.core.contract;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.proto.v1.ColumnProto;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A contract on its way to a worker: its message's file and those that it imports, each after its
 * own imports.
 */
record ContractForm(String message, List<byte[]> files) implements Serializable {

  static ContractForm of(Descriptor message) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    add(message.getFile(), files);
    return new ContractForm(message.getName(), new ArrayList<>(files.values()));
  }

  private static void add(FileDescriptor file, Map<String, byte[]> files) {
    file.getDependencies().forEach(dependency -> add(dependency, files));
    files.putIfAbsent(file.getName(), file.toProto().toByteArray());
  }

  private Object readResolve() throws ObjectStreamException {
    ExtensionRegistry annotations = ExtensionRegistry.newInstance();
    ColumnProto.registerAllExtensions(annotations);
    try {
      Map<String, FileDescriptor> built = new LinkedHashMap<>();
      FileDescriptor last = null;
      for (byte[] bytes : files) {
        FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes, annotations);
        FileDescriptor[] imports =
            file.getDependencyList().stream().map(built::get).toArray(FileDescriptor[]::new);
        last = FileDescriptor.buildFrom(file, imports);
        built.put(file.getName(), last);
      }
      if (last == null) {
        throw new InvalidObjectException("contract " + message + ": no files");
      }
      return Contract.of(last.findMessageTypeByName(message));
    } catch (InvalidProtocolBufferException | DescriptorValidationException broken) {
      InvalidObjectException failed = new InvalidObjectException("contract " + message);
      failed.initCause(broken);
      throw failed;
    }
  }
}
