package dev.alta.scorer.oip;

import dev.alta.core.contract.Violation;
import dev.alta.model.registry.Registry;
import dev.alta.proto.inference.ModelRepositoryParameter;
import dev.alta.proto.inference.RepositoryIndexRequest;
import dev.alta.proto.inference.RepositoryIndexResponse;
import dev.alta.proto.inference.RepositoryIndexResponse.ModelIndex;
import dev.alta.proto.inference.RepositoryModelLoadRequest;
import dev.alta.proto.inference.RepositoryModelLoadResponse;
import dev.alta.proto.inference.RepositoryModelUnloadRequest;
import dev.alta.proto.inference.RepositoryModelUnloadResponse;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.ModelVersion;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.models.AdminCheck;
import dev.alta.scorer.models.Catalogue;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.ModelSwap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** The model repository extension: what the bucket holds, and which of it answers. */
final class Repository {
  private static final String READY = "READY";
  private static final String UNAVAILABLE = "UNAVAILABLE";
  private static final String VERSION = "version";
  // Triton's clients always send it; there is nothing that depends on a model.
  private static final String UNLOAD_DEPENDENTS = "unload_dependents";

  private final ModelSwap swap;
  private final Catalogue catalogue;

  Repository(ModelSwap swap, Catalogue catalogue) {
    this.swap = swap;
    this.catalogue = catalogue;
  }

  CompletableFuture<RepositoryIndexResponse> index(RepositoryIndexRequest request) {
    requireTheOnly(request.getRepositoryName());
    return request.getReady()
        ? CompletableFuture.completedFuture(ready())
        : catalogue.list(false).thenApply(Repository::all);
  }

  /** From memory: it must not fail because the bucket is away. */
  private RepositoryIndexResponse ready() {
    RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
    swap.current()
        .ifPresent(
            model ->
                index.addModels(
                    entry(model.manifest().getName(), model.version(), true, model.alias())));
    return index.build();
  }

  private static RepositoryIndexResponse all(ListModelsResponse listed) {
    RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
    for (ModelVersion model : listed.getModelsList()) {
      String what = model.getState().name().toLowerCase(Locale.ROOT);
      index.addModels(
          entry(
              listed.getName(),
              model.getVersion(),
              model.getServed(),
              model.getDamage().isEmpty() ? what : model.getDamage()));
    }
    return index.build();
  }

  private static ModelIndex entry(String name, String version, boolean ready, String reason) {
    return ModelIndex.newBuilder()
        .setName(name)
        .setVersion(version)
        .setState(ready ? READY : UNAVAILABLE)
        .setReason(reason)
        .build();
  }

  CompletableFuture<RepositoryModelLoadResponse> load(RepositoryModelLoadRequest request) {
    requireTheOnly(request.getRepositoryName());
    List<Violation> violations = unknown(request.getParametersMap(), Set.of(VERSION));
    String version = version(request.getParametersMap());
    if (!version.isEmpty()) {
      AdminCheck.checkModel("parameters." + VERSION, version, violations);
    }
    if (!violations.isEmpty()) {
      throw Refusals.error(violations);
    }
    return named(request.getModelName())
        .thenCompose(known -> swap.load(version))
        .thenApply(loaded -> RepositoryModelLoadResponse.getDefaultInstance());
  }

  CompletableFuture<RepositoryModelUnloadResponse> unload(RepositoryModelUnloadRequest request) {
    requireTheOnly(request.getRepositoryName());
    List<Violation> violations = unknown(request.getParametersMap(), Set.of(UNLOAD_DEPENDENTS));
    if (!violations.isEmpty()) {
      throw Refusals.error(violations);
    }
    return named(request.getModelName())
        .thenCompose(known -> swap.unload())
        .thenApply(unloaded -> RepositoryModelUnloadResponse.getDefaultInstance());
  }

  /** Requires that this is the name of the model; asks the bucket only where none is loaded. */
  private CompletableFuture<Void> named(String name) {
    return swap.current()
        .map(LiveModel::manifest)
        .map(manifest -> CompletableFuture.completedFuture(manifest.getName()))
        .orElseGet(() -> catalogue.with(Registry::name))
        .thenAccept(expected -> Served.requireName(name, expected));
  }

  private static void requireTheOnly(String repository) {
    if (!repository.isEmpty()) {
      throw Served.notFound(
          "repository " + repository + ": not there (expected: no name, as there is only one)");
    }
  }

  private static String version(Map<String, ModelRepositoryParameter> parameters) {
    ModelRepositoryParameter given =
        parameters.getOrDefault(VERSION, ModelRepositoryParameter.getDefaultInstance());
    return given.hasInt64Param() ? Long.toString(given.getInt64Param()) : given.getStringParam();
  }

  private static List<Violation> unknown(
      Map<String, ModelRepositoryParameter> parameters, Set<String> known) {
    List<Violation> violations = new ArrayList<>();
    for (String name : new TreeSet<>(parameters.keySet())) {
      if (!known.contains(name)) {
        violations.add(
            new Violation(
                "parameters." + name, "given", "no parameter but " + String.join(", ", known)));
      }
    }
    return violations;
  }
}
