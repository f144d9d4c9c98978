package dev.alta.app.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium with one page open. */
public final class Browser implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;
  private final String axe;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
    this.axe = resource("/axe.min.js");
    driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
  }

  /** Skips the test, in plain words, where this machine has no browser. */
  public static Browser open() {
    return open(false);
  }

  /** One that also tells its {@link #traffic}, for which it is slower. */
  public static Browser openWatched() {
    return open(true);
  }

  private static Browser open(boolean watched) {
    Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<Path> chromedriver = onPath("chromedriver");
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "skipped: the page is tested in Chromium; put chromium and chromedriver on the PATH"
            + " (Debian: apt install chromium chromium-driver)");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable("browser", Level.ALL);
    if (watched) {
      logs.enable("performance", Level.ALL);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        // It asks its maker for nothing.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-sync",
        "--no-first-run");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> onPath(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(path.split(File.pathSeparator, -1))
                    .map(folder -> Path.of(folder).resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens a page as somebody does who comes for the first time.
   *
   * @param language what the browser tells the page, such as {@code es-MX}
   */
  public void visit(String url, Locale language) {
    if (driver.getCurrentUrl().startsWith(url)) {
      js("sessionStorage.clear()");
    }
    driver.get("about:blank");
    cdp("Network.enable", Map.of());
    cdp("Network.setBlockedURLs", Map.of("urls", List.of()));
    cdp(
        "Emulation.setUserAgentOverride",
        Map.of("userAgent", "Chromium of a test", "acceptLanguage", language.toLanguageTag()));
    cdp("Storage.clearDataForOrigin", Map.of("origin", url, "storageTypes", "all"));
    cdp("Network.clearBrowserCache", Map.of());
    errors();
    driver.get(url);
  }

  /** Goes to a view of the page that is open: {@code predict/list}; the one before is gone then. */
  public void go(String route) {
    jsAwaiting(
        """
        const to = '#/' + arguments[0];
        if (location.hash !== to) {
          const gone = new Promise((seen) => addEventListener('hashchange', seen, { once: true }));
          location.hash = to;
          await gone;
        }
        """,
        route);
  }

  public void reload() {
    driver.navigate().refresh();
  }

  public void size(int width, int height) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  public void dark(boolean dark) {
    Map<String, String> scheme =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    cdp("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** From now on addresses that fit do not answer: {@code *}{@code /page/views/*}. */
  public void block(String pattern) {
    cdp("Network.setBlockedURLs", Map.of("urls", List.of(pattern)));
  }

  /** Waits until the expression is true; it is looked at anew whenever the page has had a turn. */
  public void await(String expression) {
    Object seen =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            const until = performance.now() + arguments[0];
            const look = () => {
              let held = false;
              try { held = Boolean(%s); } catch (fault) { held = false; }
              if (held || performance.now() > until) { done(held); } else { setTimeout(look, 10); }
            };
            look();
            """
                .formatted(expression),
            PATIENCE.minusSeconds(2).toMillis());
    if (!Boolean.TRUE.equals(seen)) {
      throw new AssertionError(
          "never: %s%non the page: %s%nlog: %s"
              .formatted(expression, js("return document.body.innerText"), errors()));
    }
  }

  /** Runs a script that returns a value. */
  public @Nullable Object js(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Runs a script that may await; what it returns is returned. */
  public @Nullable Object jsAwaiting(String script, Object... arguments) {
    return driver.executeAsyncScript(
        "const done = arguments[arguments.length - 1]; (async (...arguments) => {"
            + script
            + "})(...arguments).then(done, fault => done('fault: ' + fault))",
        arguments);
  }

  public WebElement find(String css) {
    await("document.querySelector(" + quoted(css) + ")");
    return driver.findElement(By.cssSelector(css));
  }

  public void click(String css) {
    find(css).click();
  }

  public String text(String css) {
    return String.valueOf(
        js("return document.querySelector(arguments[0])?.textContent ?? ''", css));
  }

  public WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** What axe-core finds wrong: rule and element. */
  public List<String> axe() {
    js(axe);
    Object found =
        jsAwaiting(
            "return (await axe.run()).violations.map((violation) => violation.id + ': ' +"
                + " violation.nodes.map((node) => node.html + ' ' + node.failureSummary)"
                + ".join(' | '))");
    return found instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(found));
  }

  public boolean scrollsSideways() {
    return Boolean.TRUE.equals(
        js("return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
  }

  /** Bytes that the page's JavaScript holds after a garbage collection. */
  public long heap() {
    cdp("HeapProfiler.collectGarbage", Map.of());
    return ((Number) cdp("Runtime.getHeapUsage", Map.of()).get("usedSize")).longValue();
  }

  /** What the browser itself says went wrong since it was asked last. */
  public List<String> errors() {
    return driver.manage().logs().get("browser").getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What the browser, opened {@link #openWatched watched}, asked the network for so far. */
  public List<Traffic> traffic() {
    List<Traffic> all = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get("performance")) {
      JsonNode message = read(entry.getMessage()).get("message");
      JsonNode said = message.get("params");
      switch (message.get("method").asText()) {
        case "Network.requestWillBeSent" ->
            all.add(new Traffic(said.get("request").get("url").asText(), 0));
        case "Network.loadingFinished" ->
            all.add(new Traffic("", said.get("encodedDataLength").asLong()));
        default -> {}
      }
    }
    return all;
  }

  /**
   * A request, or the end of an answer.
   *
   * @param url empty where an answer has come in
   * @param bytes that came over the network, with headers
   */
  public record Traffic(String url, long bytes) {}

  /** What is to be seen, as a PNG. */
  public byte[] screenshot() {
    String png = (String) cdp("Page.captureScreenshot", Map.of("format", "png")).get("data");
    return Base64.getDecoder().decode(png);
  }

  @Override
  public void close() {
    driver.quit();
  }

  private Map<String, Object> cdp(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "\\'") + "'";
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Browser.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " (expected: in axe-core's jar)");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
