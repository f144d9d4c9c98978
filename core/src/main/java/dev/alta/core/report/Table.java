package dev.alta.core.report;

import java.util.List;

/** A table as it is built up, row by row. */
public final class Table {
  private final StringBuilder markup = new StringBuilder("<div class=\"scroll\">");

  private Table(String start) {
    markup.append(start);
  }

  /** Of numbers; the first column is names. */
  public static Table of(List<String> heads) {
    Table table = new Table("<table><tr>");
    heads.forEach(head -> table.markup.append("<th>").append(Html.text(head)).append("</th>"));
    table.markup.append("</tr>");
    return table;
  }

  /** Of texts, without heads. */
  public static Table ofWords() {
    return new Table("<table class=\"words\">");
  }

  public Table row(List<String> cells) {
    markup.append("<tr>");
    cells.forEach(cell -> markup.append("<td>").append(Html.text(cell)).append("</td>"));
    markup.append("</tr>");
    return this;
  }

  @Override
  public String toString() {
    return markup + "</table></div>";
  }
}
