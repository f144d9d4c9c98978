package dev.alta.core.report;

import java.util.List;
import java.util.Map;

/** The frame of a report: head, style sheet, sections, cards. */
public final class Page {
  /** The colours, light and dark, and what the shapes of a picture look like. */
  static final String PICTURES =
      """
      :root{color-scheme:light dark;--paper:#fff;--card:#f6f7f9;--ink:#1c2430;--faint:#5c6675;
      --line:#d5dae1;--bar:#3b74b8;--c0:#3b74b8;--c1:#c98a1b;--c2:#b5443c;--on:#fff;
      --v0:#2c6fbb;--v1:#5f74b5;--v2:#8c6fa5;--v3:#b05c80;--v4:#c63d4f}
      @media(prefers-color-scheme:dark){:root{--paper:#12161c;--card:#1b212a;--ink:#e6eaf0;
      --faint:#9aa5b4;--line:#38414d;--bar:#6ea3e0;--c0:#6ea3e0;--c1:#e0ac4a;--c2:#e2776e;--on:#10151b;
      --v0:#5ea7f2;--v1:#8fa8ea;--v2:#b9a3d6;--v3:#e08fb0;--v4:#ff6f7d}}
      svg text{font-size:11px;fill:var(--ink)}
      svg text.on{fill:var(--on)}
      .dot{stroke:none;fill:var(--bar)}.faintdot{opacity:.75}
      .bar{fill:var(--bar)}.c0{fill:var(--c0)}.c1{fill:var(--c1)}.c2{fill:var(--c2)}
      .line{fill:none;stroke-width:1.8;stroke:var(--bar)}
      .c0.line{stroke:var(--c0)}.c1.line{stroke:var(--c1)}.c2.line{stroke:var(--c2)}
      .axis{stroke:var(--faint);stroke-width:1}.grid{stroke:var(--line);stroke-width:1}
      .dash{stroke-dasharray:5 4}
      .whisker{stroke:var(--ink);stroke-width:1.2}
      .ring{fill:none;stroke:var(--bar);stroke-width:1.3}
      .swarm{fill:none;stroke-width:3.2;stroke-linecap:round;opacity:.8}
      .v0{stroke:var(--v0)}.v1{stroke:var(--v1)}.v2{stroke:var(--v2)}.v3{stroke:var(--v3)}
      .v4{stroke:var(--v4)}.vn{stroke:var(--faint)}
      """;

  private static final String LAYOUT =
      """
      *{box-sizing:border-box}
      body{margin:0 auto;padding:1.2rem 1rem 3rem;max-width:1240px;background:var(--paper);
      color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
      h1{font-size:1.6rem;line-height:1.2;margin:.2rem 0}
      h2{font-size:1.2rem;margin:2.2rem 0 .3rem;border-top:1px solid var(--line);padding-top:1rem}
      h3{font-size:1rem;margin:0 0 .4rem;overflow-wrap:anywhere}
      p{margin:.3rem 0 .8rem;max-width:46rem}
      .faint{color:var(--faint);font-size:.85rem}
      .cards{display:grid;gap:.9rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr))}
      .card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.8rem;
      min-width:0}
      @media(min-width:52rem){.card:has(table){grid-column:span 2}}
      .cards .full{grid-column:1/-1}
      .card p{margin:.1rem 0 .5rem}
      .facts{display:grid;gap:.2rem 1.2rem;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));
      margin:.8rem 0}
      .facts div{border-left:3px solid var(--bar);padding-left:.6rem}
      .facts b{display:block;font-size:1.25rem;line-height:1.3;overflow-wrap:anywhere}
      .scroll{overflow-x:auto}
      table{border-collapse:collapse;font-size:.85rem}
      th,td{text-align:right;padding:.15rem .5rem;border-bottom:1px solid var(--line);
      white-space:nowrap}
      th{white-space:normal;vertical-align:bottom}
      th:first-child,td:first-child{text-align:left;padding-left:0;white-space:normal;min-width:5rem}
      table.words td{text-align:left;white-space:normal;overflow-wrap:anywhere;vertical-align:top}
      table.words td:first-child{overflow-wrap:normal}
      ul{margin:.3rem 0 .8rem;padding-left:1.2rem;max-width:46rem}li{margin:.2rem 0}
      svg{display:block;width:100%;height:auto}
      .ramp{display:inline-block;width:5rem;height:.7em;border-radius:2px;margin:0 .4em;
      background:linear-gradient(to right,var(--v0),var(--v1),var(--v2),var(--v3),var(--v4))}
      .key{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.85rem;margin:.2rem 0 .4rem}
      .key span::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:2px;
      margin-right:.4em;background:var(--bar)}
      .key .k0::before{background:var(--c0)}.key .k1::before{background:var(--c1)}
      .key .k2::before{background:var(--c2)}
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  public Page(String title) {
    this.title = title;
    add("<h1>" + Html.text(title) + "</h1>");
  }

  /** Adds markup. */
  public Page add(String markup) {
    body.append(markup).append('\n');
    return this;
  }

  /** Adds a paragraph. */
  public Page say(String text) {
    return add("<p>" + Html.text(text) + "</p>");
  }

  /** Adds a list of sentences. */
  public Page list(List<String> items) {
    StringBuilder list = new StringBuilder("<ul>");
    items.forEach(item -> list.append("<li>").append(Html.text(item)).append("</li>"));
    return add(list.append("</ul>").toString());
  }

  /** Begins a section, which {@link #close} must end if it has cards. */
  public Page section(String heading, String text) {
    return add("<h2>" + Html.text(heading) + "</h2>").say(text);
  }

  public Page open() {
    return add("<div class=\"cards\">");
  }

  public Page close() {
    return add("</div>");
  }

  /** Adds the few facts that stand at the top: name and value. */
  public Page facts(Map<String, String> facts) {
    add("<div class=\"facts\">");
    facts.forEach(
        (name, value) ->
            add(
                "<div><b>"
                    + Html.text(value)
                    + "</b><span class=\"faint\">"
                    + Html.text(name)
                    + "</span></div>"));
    return close();
  }

  /** Adds a card: heading, words, and a picture or other markup. */
  public Page card(String heading, String words, String markup) {
    return card("card", heading, words, markup);
  }

  /** Adds a card that takes a whole row. */
  public Page fullCard(String heading, String words, String markup) {
    return card("card full", heading, words, markup);
  }

  private Page card(String style, String heading, String words, String markup) {
    return add(
        "<div class=\""
            + style
            + "\"><h3>"
            + Html.text(heading)
            + "</h3>"
            + (words.isEmpty() ? "" : "<p class=\"faint\">" + Html.text(words) + "</p>")
            + markup
            + "</div>");
  }

  /** The names of the colours c0, c1, c2. */
  public static String key(List<String> names) {
    StringBuilder key = new StringBuilder("<div class=\"key\">");
    for (int i = 0; i < names.size(); i++) {
      key.append("<span class=\"k").append(i % 3).append("\">");
      key.append(Html.text(names.get(i))).append("</span>");
    }
    return key.append("</div>").toString();
  }

  @Override
  public String toString() {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>"
        + Html.text(title)
        + "</title><style>\n"
        + PICTURES
        + LAYOUT
        + "</style></head><body>\n"
        + body
        + "</body></html>\n";
  }
}
