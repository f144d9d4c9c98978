package dev.alta.pipelines.source;

import dev.alta.pipelines.PipelineException;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a group of an incremental source is.
 *
 * @param base scheme, host, port and perhaps folders, without a slash at its end
 */
public record SourceUrl(String base, int group) implements Serializable {
  private static final Pattern SCHEME = Pattern.compile("(?i)https?:.*");
  private static final Pattern QUERY = Pattern.compile(Wire.GROUP + "=([0-9]{1,9})");

  /** Whether a text is meant as a URL, not as the name of a file. */
  public static boolean isUrl(String text) {
    return SCHEME.matcher(text).matches();
  }

  /**
   * Reads {@code http://host:port/data?group_number=1}; {@code /data} may be left out.
   *
   * @throws PipelineException if it is none, or holds a password, which would end in the ledger
   */
  public static SourceUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException wrong) {
      throw new PipelineException(refusal(text), wrong);
    }
    Matcher query = QUERY.matcher(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null
        || !query.matches()) {
      throw new PipelineException(refusal(text));
    }
    String path = uri.getRawPath().replaceAll("/+$", "");
    if (path.endsWith(Wire.PATH)) {
      path = path.substring(0, path.length() - Wire.PATH.length());
    }
    String place = uri.getScheme() + "://" + uri.getHost();
    place = place.toLowerCase(Locale.ROOT) + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    return new SourceUrl(place + path, Integer.parseInt(query.group(1)));
  }

  private static String refusal(String text) {
    // What stands before an @ may be a password.
    return text.replaceFirst("//[^/]*@", "//…@")
        + ": no URL of a source (expected: http://host:port/data?"
        + Wire.GROUP
        + "=1, without user and other parameters)";
  }

  /** Where a day is. */
  public URI of(int day) {
    return URI.create(this + "&" + Wire.DAY + "=" + day);
  }

  /** The canonical spelling. */
  @Override
  public String toString() {
    return base + Wire.PATH + "?" + Wire.GROUP + "=" + group;
  }
}
