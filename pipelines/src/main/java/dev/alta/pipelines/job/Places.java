package dev.alta.pipelines.job;

import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Database and store as the options name them. */
final class Places {
  private Places() {}

  /** Takes the secrets of the environment where the options have none. */
  static void addSecrets(DatabaseOptions options, Map<String, String> environment) {
    if (options.getDatabasePassword().isEmpty()) {
      options.setDatabasePassword(environment.getOrDefault("ALTA_DATABASE_PASSWORD", ""));
    }
    StoreOptions store = options.as(StoreOptions.class);
    if (store.getStoreSecretKey().isEmpty()) {
      store.setStoreSecretKey(environment.getOrDefault("ALTA_STORE_SECRET_KEY", ""));
    }
  }

  static DatabaseSettings database(DatabaseOptions options) {
    return DatabaseSettings.of(
        options.getDatabaseUrl(), options.getDatabaseUser(), options.getDatabasePassword());
  }

  /** The workflow that asks for the job. */
  static OptionalLong workflow(DatabaseOptions options) {
    return options.getWorkflow() > 0
        ? OptionalLong.of(options.getWorkflow())
        : OptionalLong.empty();
  }

  static Optional<StoreSettings> store(StoreOptions options) {
    return options.getStoreUrl().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StoreSettings(
                options.getStoreUrl(),
                options.getStoreAccessKey(),
                options.getStoreSecretKey(),
                options.getStoreBucket()));
  }
}
