package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.csv.Header;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A query whose columns have names of the contract.
 *
 * @param address as it was given, for people
 */
record QueryInput(DatabaseSettings database, String address, String sql, Header header)
    implements Serializable {
  private static final Pattern QUERY =
      Pattern.compile(
          "\\s*(SELECT|WITH|VALUES|TABLE)\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  static boolean isQuery(String input) {
    return QUERY.matcher(input).matches();
  }

  static QueryInput open(DatabaseSettings settings, String input, Contract contract) {
    try (Database database = Database.attach(settings, contract)) {
      boolean isTable = input.startsWith(ScoreSettings.TABLE);
      String sql =
          isTable
              ? database.queries().ofTable(input.substring(ScoreSettings.TABLE.length()))
              : input;
      Header header = Header.of("query", contract, Door.SCORE, database.queries().columns(sql));
      return new QueryInput(settings, isTable ? input : "query", sql, header);
    }
  }
}
