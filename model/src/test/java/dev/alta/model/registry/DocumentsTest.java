package dev.alta.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.alta.proto.v1.AliasTarget;
import dev.alta.proto.v1.BackupManifest;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.proto.v1.SplitCertificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a bucket may hold in place of a document. */
@Timeout(60)
final class DocumentsTest {
  /** As a number without a sign, protobuf's parser would write it out, a billion digits. */
  @Test
  void refusesNumbersThatNoMemoryHolds() {
    for (String number :
        List.of("1e999999999", "\"1e999999999\"", "1e2147483647", "-1e-99999999")) {
      assertThatExceptionOfType(RegistryException.Damaged.class)
          .isThrownBy(() -> read("{\"decision\":" + number + "}"))
          .withMessage("alias: damaged: not readable (expected: JSON of alta.v1.AliasTarget)");
    }
  }

  @Test
  void haveNoNumbersWithoutASign() {
    Set<Descriptor> seen = new HashSet<>();
    for (Descriptor document :
        List.of(
            AliasTarget.getDescriptor(),
            BackupManifest.getDescriptor(),
            DataProfile.getDescriptor(),
            Decision.getDescriptor(),
            Manifest.getDescriptor(),
            SearchRecord.getDescriptor(),
            SplitCertificate.getDescriptor())) {
      requireSigned(document, seen);
    }
  }

  private static void requireSigned(Descriptor type, Set<Descriptor> seen) {
    if (!seen.add(type)) {
      return;
    }
    for (FieldDescriptor field : type.getFields()) {
      assertThat(field.getType())
          .as(field.getFullName())
          .isNotIn(
              FieldDescriptor.Type.UINT32,
              FieldDescriptor.Type.UINT64,
              FieldDescriptor.Type.FIXED32,
              FieldDescriptor.Type.FIXED64);
      if (field.getType() == FieldDescriptor.Type.MESSAGE) {
        requireSigned(field.getMessageType(), seen);
      }
    }
  }

  @Test
  void refusesNestingWithoutEnd() {
    for (String opening : List.of("[", "{\"a\":", "{\"test\":")) {
      assertThatExceptionOfType(RegistryException.Damaged.class)
          .isThrownBy(() -> read(opening.repeat(100_000)));
    }
  }

  private static void read(String json) {
    Documents.read("alias", ByteString.copyFromUtf8(json), AliasTarget.newBuilder());
  }
}
