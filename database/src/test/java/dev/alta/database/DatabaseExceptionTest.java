package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

final class DatabaseExceptionTest {
  private final SQLException said =
      new SQLException("ERROR: cannot execute CREATE TABLE in a read-only transaction\n  Where: x");

  @Test
  void saysWhatTheServerSaidWhereTheTablesCannotBeMade() {
    FlywayException failed = new FlywayException("Unable to create a table\n---", said);

    assertThat(DatabaseException.of("making the tables", failed))
        .hasMessage(
            "making the tables: ERROR: cannot execute CREATE TABLE in a read-only transaction");
    assertThat(DatabaseException.of("making the tables", new FlywayException("V1 changed\n---")))
        .hasMessage("making the tables: V1 changed");
  }

  @Test
  void saysWhyThereIsNoConnectionAndNotHowLongThePoolHasTried() {
    SQLException tried =
        new SQLTransientConnectionException("request timed out after 10011ms", "08001", said);

    assertThat(DatabaseException.of("reading", tried))
        .hasMessage("reading: ERROR: cannot execute CREATE TABLE in a read-only transaction");
    assertThat(DatabaseException.of("reading", new SQLTransientConnectionException("timed out")))
        .hasMessage("reading: timed out");
  }
}
