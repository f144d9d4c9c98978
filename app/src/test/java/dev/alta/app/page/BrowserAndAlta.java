package dev.alta.app.page;

import dev.alta.app.up.RunningAlta;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Browser} and a {@link RunningAlta}: one of each for all test classes of the
 * process, since both take longer to start than to be tested.
 */
public final class BrowserAndAlta implements ParameterResolver {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(BrowserAndAlta.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Browser.class || type == RunningAlta.class;
  }

  /** A test that wants both names the browser first: where there is none, no Alta is started. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(HERE);
    return parameter.getParameter().getType() == Browser.class
        ? store.computeIfAbsent("browser", key -> Browser.open(), Browser.class)
        : store.computeIfAbsent("alta", key -> RunningAlta.start(), RunningAlta.class);
  }
}
