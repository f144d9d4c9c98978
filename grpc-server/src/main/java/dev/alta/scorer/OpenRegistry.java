package dev.alta.scorer;

import dev.alta.model.registry.Registry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A registry that is opened when it is first asked for; tried again as long as that fails. */
final class OpenRegistry implements Supplier<Registry> {
  private final Supplier<Registry> opening;
  private @Nullable Registry opened;

  OpenRegistry(Supplier<Registry> opening) {
    this.opening = opening;
  }

  @Override
  public synchronized Registry get() {
    Registry registry = opened;
    if (registry == null) {
      registry = opening.get();
      opened = registry;
    }
    return registry;
  }
}
