package dev.alta.gateway.channel;

import dev.alta.core.life.Listen;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells gRPC of {@link Replicas}. Public, since gRPC makes it. */
public final class ReplicasProvider extends NameResolverProvider {
  private static final Pattern COMMA = Pattern.compile(",");

  @Override
  public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
    if (!Replicas.SCHEME.equals(target.getScheme())) {
      return null;
    }
    List<Listen> places =
        COMMA.splitAsStream(target.getPath().substring(1)).map(ReplicasProvider::place).toList();
    return new Replicas(places, args);
  }

  private static Listen place(String text) {
    int colon = text.lastIndexOf(':');
    return new Listen(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String getDefaultScheme() {
    return Replicas.SCHEME;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return List.of(InetSocketAddress.class);
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  /** Below DNS, so that no target without a scheme becomes ours. */
  @Override
  protected int priority() {
    return 1;
  }
}
