package dev.alta.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** What runs have left in the database. */
final class Tables {
  private Tables() {}

  /** A new database. */
  static DatabaseSettings database(PostgresServer postgres, String name) throws SQLException {
    DatabaseSettings first =
        new DatabaseSettings(postgres.url(), postgres.user(), postgres.password());
    try (Connection connection = connect(first);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new DatabaseSettings(
        postgres.url().replaceAll("/alta$", "/" + name), postgres.user(), postgres.password());
  }

  static int batches(DatabaseSettings database) {
    try {
      return Integer.parseInt(
          query(
              database,
              "SELECT CASE WHEN to_regclass('ingest_batch') IS NULL THEN 0 ELSE (xpath('/row/c/text()',"
                  + " query_to_xml('SELECT count(*) AS c FROM ingest_batch', false, true, '')))[1]"
                  + "::text::int END"));
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Digest and number of the rows, without the numbers that the order of storing gives. */
  static List<String> rawData(DatabaseSettings database) throws SQLException {
    return List.of(
        query(
            database,
            "SELECT count(*) || ' ' || md5(string_agg((to_jsonb(r) - 'batch_id')::text, ','"
                + " ORDER BY encounter_id)) FROM raw_data r"),
        query(
            database,
            "SELECT count(*) || ' ' || md5(string_agg(batch_number || content_sha256 || accepted,"
                + " ',' ORDER BY batch_number)) FROM ingest_batch"));
  }

  static List<String> cleanData(DatabaseSettings database) throws SQLException {
    return List.of(
        query(
            database,
            "SELECT count(*) || ' ' || md5(string_agg((to_jsonb(r) - 'batch_id')::text, ','"
                + " ORDER BY encounter_id)) FROM clean_data r"),
        query(
            database,
            "SELECT split_sha256 FROM clean_data_generation ORDER BY generation DESC LIMIT 1"));
  }

  static String query(DatabaseSettings database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return String.valueOf(result.getString(1));
    }
  }

  static Connection connect(DatabaseSettings database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.url());
    return source.getConnection(database.user(), database.password());
  }
}
