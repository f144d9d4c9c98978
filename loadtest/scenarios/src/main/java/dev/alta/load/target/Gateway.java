package dev.alta.load.target;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.WebClientBuilder;
import com.linecorp.armeria.common.HttpHeaderNames;
import java.time.Duration;

/** Connections to a gateway, over HTTP/1.1, with what it asks of its callers. */
final class Gateway implements AutoCloseable {
  private final ClientFactory connections;
  private final WebClient client;

  Gateway(Target target, Duration patience) {
    Access access = target.access();
    ClientFactoryBuilder factory = ClientFactory.builder();
    access.roots().ifPresent(file -> factory.tlsCustomizer(tls -> tls.trustManager(file.toFile())));
    this.connections = factory.build();
    WebClientBuilder builder =
        WebClient.builder((access.roots().isPresent() ? "h1://" : "h1c://") + target)
            .factory(connections)
            .responseTimeout(patience);
    access
        .authorization()
        .ifPresent(value -> builder.addHeader(HttpHeaderNames.AUTHORIZATION, value));
    this.client = builder.build();
  }

  WebClient client() {
    return client;
  }

  @Override
  public void close() {
    connections.close();
  }
}
