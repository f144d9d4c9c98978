package dev.alta.core.admit;

import dev.alta.core.life.CannotStartException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges callers by {@link AdmitSettings}. Reads its files again every few seconds; connections
 * that are open stay. Safe for several threads.
 */
public final class Doorkeeper implements AutoCloseable {
  /** What becomes of a call. */
  public enum Verdict {
    LET_IN,
    /** Neither token nor certificate are known, or there is none. */
    UNKNOWN_CALLER,
    /** The caller is known and may do other things. */
    LACKS_THE_RIGHT
  }

  private static final String BEARER = "Bearer ";

  private final AdmitSettings settings;
  private final List<KeyFile> files = new ArrayList<>();
  private final List<Keys> given = new ArrayList<>();
  private final @Nullable Identity identity;
  private final @Nullable TrustedRoots clientRoots;
  private final FileWatch watch;

  /**
   * Reads everything.
   *
   * @param every how often the files are looked at
   * @throws CannotStartException if a file cannot be read or says something else than expected
   */
  public Doorkeeper(AdmitSettings settings, Duration every) {
    this.settings = settings;
    settings.tokenFile().ifPresent(file -> files.add(new KeyFile(file)));
    if (!settings.tokens().isEmpty()) {
      given.add(Keys.read("tokens", List.of(settings.tokens().split(","))));
    }
    this.identity =
        settings.tls().map(tls -> new Identity("tls", tls.certificate(), tls.key())).orElse(null);
    this.clientRoots =
        settings
            .tls()
            .flatMap(AdmitSettings.Tls::clientRoots)
            .map(TrustedRoots::ofClients)
            .orElse(null);
    List<Watched> watched = new ArrayList<>(files);
    Optional.ofNullable(identity).ifPresent(watched::add);
    Optional.ofNullable(clientRoots).ifPresent(watched::add);
    this.watch = new FileWatch(watched, every);
  }

  /** What a TLS server shows; empty where connections are not encrypted. */
  public Optional<KeyManager> keyManager() {
    return Optional.ofNullable(identity).map(Identity::keyManager);
  }

  /** By what a TLS server knows clients; empty where it asks for no certificates. */
  public Optional<TrustManager> clientTrust() {
    return Optional.ofNullable(clientRoots).map(TrustedRoots::trustManager);
  }

  /** With what one of the JDK's servers encrypts; empty where it does not. */
  public Optional<SSLContext> https() {
    return keyManager().map(Doorkeeper::context);
  }

  private static SSLContext context(KeyManager key) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {key}, null, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JVM has TLS", impossible);
    }
  }

  /**
   * Whether a caller may do something.
   *
   * @param authorization the header of that name; null where there is none
   * @param session of the connection; null where it is not encrypted
   */
  public Verdict judge(Right needed, @Nullable String authorization, @Nullable SSLSession session) {
    if (!settings.asksForTokens()) {
      return Verdict.LET_IN;
    }
    Set<Right> rights = rights(authorization, session);
    if (rights.contains(needed)) {
      return Verdict.LET_IN;
    }
    return rights.isEmpty() ? Verdict.UNKNOWN_CALLER : Verdict.LACKS_THE_RIGHT;
  }

  private Set<Right> rights(@Nullable String authorization, @Nullable SSLSession session) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String token = authorization.substring(BEARER.length()).strip();
      all().forEach(keys -> rights.addAll(keys.ofToken(token)));
    }
    if (session != null) {
      for (String name : PeerNames.of(session)) {
        all().forEach(keys -> rights.addAll(keys.ofName(name)));
      }
    }
    return rights;
  }

  private List<Keys> all() {
    List<Keys> all = new ArrayList<>(given);
    files.forEach(file -> all.add(file.keys()));
    return all;
  }

  @Override
  public void close() {
    watch.close();
  }
}
