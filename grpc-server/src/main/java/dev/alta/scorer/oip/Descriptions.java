package dev.alta.scorer.oip;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.proto.inference.ModelMetadataResponse;
import dev.alta.proto.inference.ModelMetadataResponse.TensorMetadata;
import dev.alta.proto.inference.ServerMetadataResponse;
import dev.alta.proto.v1.Role;
import dev.alta.scorer.swap.LiveModel;

/** What the protocol's clients may know of the server and its model. */
final class Descriptions {
  private static final String NAME = "alta";
  private static final String PLATFORM = "alta";
  private static final String REPOSITORY = "model_repository";
  private static final long ANY = -1;

  private Descriptions() {}

  static ServerMetadataResponse server(String version) {
    return ServerMetadataResponse.newBuilder()
        .setName(NAME)
        .setVersion(version)
        .addExtensions(REPOSITORY)
        .build();
  }

  static ModelMetadataResponse model(Contract contract, LiveModel model) {
    ModelMetadataResponse.Builder metadata =
        ModelMetadataResponse.newBuilder()
            .setName(model.manifest().getName())
            .addVersions(model.version())
            .setPlatform(PLATFORM);
    for (Column column : contract.columns()) {
      if (column.role() != Role.TARGET) {
        metadata.addInputs(tensor(column.name(), TensorType.usual(column)));
      }
    }
    for (Output output : Output.values()) {
      TensorMetadata.Builder tensor = tensor(output.tensor(), output.type());
      if (output == Output.PROBABILITIES) {
        tensor.addShape(model.predictor().classes().size());
      }
      metadata.addOutputs(tensor);
    }
    return metadata.build();
  }

  private static TensorMetadata.Builder tensor(String name, TensorType type) {
    return TensorMetadata.newBuilder().setName(name).setDatatype(type.name()).addShape(ANY);
  }
}
