package dev.alta.database;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the database is.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with JDBC parameters if need be
 * @param user whom to log in as
 * @param password empty where none is asked for
 */
public record DatabaseSettings(String url, String user, String password) implements Serializable {
  private static final String JDBC = "jdbc:postgresql://";
  private static final String EXPECTED =
      " (expected: jdbc:postgresql://host:port/database"
          + " or postgresql://user:password@host:port/database)";

  public DatabaseSettings {
    if (!url.startsWith(JDBC)) {
      throw new IllegalArgumentException("database URL: " + withoutPassword(url) + EXPECTED);
    }
  }

  /**
   * Reads either form of URL; what stands in the URL itself wins over the user and password given.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static DatabaseSettings of(String url, String user, String password) {
    if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
      return new DatabaseSettings(url, user, password);
    }
    URI uri = parse(url);
    String login = uri.getRawUserInfo();
    if (login != null) {
      int colon = login.indexOf(':');
      user = decode(colon < 0 ? login : login.substring(0, colon));
      password = colon < 0 ? password : decode(login.substring(colon + 1));
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new DatabaseSettings(
        JDBC + uri.getHost() + port + uri.getRawPath() + query, user, password);
  }

  private static URI parse(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null && uri.getRawPath().length() > 1) {
        return uri;
      }
    } catch (URISyntaxException unreadable) {
      // Said below, without the exception's text, which quotes the password.
    }
    throw new IllegalArgumentException("database URL: " + withoutPassword(url) + EXPECTED);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String withoutPassword(String url) {
    return url.replaceAll("//[^/]*@", "//…@").replaceAll("password=[^&]*", "password=…");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return withoutPassword(url) + " as " + user;
  }
}
