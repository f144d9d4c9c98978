package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.SplitCertificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in the bucket beside each generation of clean_data, see {@code alta/v1/dataset.proto}.
 * Everything it throws is a {@link StoreException} or a {@link RegistryException}.
 */
public final class DatasetDocuments {
  private static final Logger log = LoggerFactory.getLogger(DatasetDocuments.class);
  private static final String CERTIFICATE = "split-certificate.json";
  static final String PROFILE = "profile.json";
  private static final long LARGEST = 64L << 20;

  private final ObjectStore store;

  public DatasetDocuments(ObjectStore store) {
    this.store = store;
  }

  /**
   * Writes both documents of a generation. An attempt that was cut off may have written them
   * before; what it left is replaced.
   */
  public void write(SplitCertificate certificate, DataProfile profile) {
    store.put(name(certificate.getGeneration(), PROFILE), Documents.write(profile));
    store.put(name(certificate.getGeneration(), CERTIFICATE), Documents.write(certificate));
  }

  /**
   * The certificate of a generation; empty where there is none.
   *
   * @throws RegistryException.Damaged if it is not readable
   */
  public Optional<SplitCertificate> certificate(long generation) {
    SplitCertificate.Builder certificate = SplitCertificate.newBuilder();
    return read(name(generation, CERTIFICATE), certificate)
        ? Optional.of(certificate.build())
        : Optional.empty();
  }

  /**
   * The profile of a generation; empty where there is none.
   *
   * @throws RegistryException.Damaged if it is not readable
   */
  public Optional<DataProfile> profile(long generation) {
    DataProfile.Builder profile = DataProfile.newBuilder();
    return read(name(generation, PROFILE), profile)
        ? Optional.of(profile.build())
        : Optional.empty();
  }

  /** Both documents of a generation as they lie in the bucket, by name; those that are there. */
  public Map<String, ByteString> asStored(long generation) {
    Map<String, ByteString> documents = new TreeMap<>();
    for (String document : List.of(CERTIFICATE, PROFILE)) {
      try {
        documents.put(document, store.get(name(generation, document), LARGEST).bytes());
      } catch (StoreException.NotFound absent) {
        log.info("generation {} has no {} in the bucket", generation, document);
      }
    }
    return documents;
  }

  /** Where the certificate of a generation lies in the bucket. */
  public static String certificateName(long generation) {
    return name(generation, CERTIFICATE);
  }

  /** The text form of a document, as it is in the bucket. */
  public static String text(MessageOrBuilder document) {
    return Documents.write(document).toStringUtf8();
  }

  /**
   * Reads the text form of a profile.
   *
   * @throws RegistryException.Damaged if it is not one
   */
  public static DataProfile profileOf(String text) {
    DataProfile.Builder profile = DataProfile.newBuilder();
    Documents.read(PROFILE, ByteString.copyFromUtf8(text), profile);
    return profile.build();
  }

  private boolean read(String object, Message.Builder into) {
    try {
      Documents.read(object, store.get(object, LARGEST).bytes(), into);
      return true;
    } catch (StoreException.NotFound absent) {
      return false;
    }
  }

  private static String name(long generation, String document) {
    return "datasets/" + generation + "/" + document;
  }
}
