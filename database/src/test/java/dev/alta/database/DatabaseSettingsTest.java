package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DatabaseSettingsTest {
  @Test
  void takesAJdbcUrlAsItIs() {
    String url = "jdbc:postgresql://db:5433/alta?sslmode=require";
    assertThat(DatabaseSettings.of(url, "ann", "pw"))
        .isEqualTo(new DatabaseSettings(url, "ann", "pw"));
  }

  @Test
  void readsUserAndPasswordOfAUrl() {
    assertThat(
            DatabaseSettings.of("postgresql://bob:a%40b+c@db:5433/alta?sslmode=require", "x", "y"))
        .isEqualTo(
            new DatabaseSettings("jdbc:postgresql://db:5433/alta?sslmode=require", "bob", "a@b+c"));
    assertThat(DatabaseSettings.of("postgres://db/alta", "ann", "pw"))
        .isEqualTo(new DatabaseSettings("jdbc:postgresql://db/alta", "ann", "pw"));
  }

  @Test
  void refusesAnythingElseWithoutShowingThePassword() {
    assertThatThrownBy(() -> DatabaseSettings.of("mysql://bob:secret@db/alta", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("database URL: mysql://…@db/alta (expected: jdbc:postgresql://")
        .message()
        .doesNotContain("secret");
    assertThatThrownBy(() -> DatabaseSettings.of("postgresql://bob:se cret@db", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("cret");
  }

  @Test
  void hidesThePasswordInItsText() {
    assertThat(new DatabaseSettings("jdbc:postgresql://db/alta?password=pw1", "ann", "pw2"))
        .asString()
        .isEqualTo("jdbc:postgresql://db/alta?password=… as ann");
  }
}
