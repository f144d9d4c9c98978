package dev.alta.scorer.models;

import dev.alta.model.registry.Alias;
import dev.alta.model.registry.History;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.RegistryException;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.MainFigures;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.ModelVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the versions of a registry. What never changes is read once. Used by one thread. */
final class VersionReader {
  private final Map<Integer, ModelVersion> known = new HashMap<>();

  /** All versions, newest first. */
  List<ModelVersion> read(Registry registry) {
    History history = registry.history();
    List<Alias> aliases = registry.aliases();
    List<ModelVersion> versions = new ArrayList<>();
    for (int version : registry.versions()) {
      versions.add(now(manifest(registry, version), version, history, aliases));
    }
    Collections.reverse(versions);
    return List.copyOf(versions);
  }

  private static ModelVersion now(
      ModelVersion.Builder model, int version, History history, List<Alias> aliases) {
    List<Decision> decisions = history.decisions(version);
    if (!decisions.isEmpty()) {
      model.setReason(decisions.get(decisions.size() - 1).getReason());
    }
    aliases.stream()
        .filter(alias -> alias.version() == version)
        .map(Alias::name)
        .forEach(model::addAliases);
    return model.setState(ModelVersion.State.valueOf(history.state(version).name())).build();
  }

  /** What its manifest says of it; one that is damaged must not hide the others. */
  private ModelVersion.Builder manifest(Registry registry, int version) {
    ModelVersion read = known.get(version);
    if (read == null) {
      ModelVersion.Builder model = ModelVersion.newBuilder().setVersion(Integer.toString(version));
      try {
        registry.manifest(version).ifPresent(manifest -> describe(model, manifest));
      } catch (RegistryException.Damaged damaged) {
        return model.setDamage(String.valueOf(damaged.getMessage()));
      }
      read = model.build();
      known.put(version, read);
    }
    return read.toBuilder();
  }

  private static void describe(ModelVersion.Builder model, Manifest manifest) {
    model
        .setCreatedAt(manifest.getCreatedAt())
        .setRun(manifest.getRun())
        .setTest(figures(manifest.getTest()));
    if (manifest.hasBaseline()) {
      model.getTestBuilder().setBaselineMeanAuroc(manifest.getBaseline().getMeanAuroc());
    }
  }

  private static MainFigures.Builder figures(Evaluation test) {
    MainFigures.Builder figures =
        MainFigures.newBuilder()
            .setRows(test.getRows())
            .setMeanAuroc(test.getMeanAuroc())
            .setAurocReadmitted(test.getAurocReadmitted())
            .setAccuracy(test.getAccuracy())
            .setMacroF1(test.getMacroF1())
            .setCalibrationError(test.getCalibrationError());
    int classes = test.getAurocCount();
    return classes == 0 ? figures : figures.setAurocMostUrgent(test.getAuroc(classes - 1));
  }
}
