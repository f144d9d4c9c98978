package dev.alta.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.pipelines.PipelineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://data.example:8090/data?group_number=3",
        "http://data.example:8090/data/?group_number=3",
        "http://data.example:8090?group_number=3",
        "HTTP://Data.Example:8090/?group_number=3"
      })
  void hasOneSpellingForOneSource(String text) {
    assertThat(SourceUrl.isUrl(text)).isTrue();
    assertThat(SourceUrl.parse(text))
        .hasToString("http://data.example:8090/data?group_number=3")
        .extracting(url -> url.of(2).toString())
        .isEqualTo("http://data.example:8090/data?group_number=3&day=2");
  }

  @Test
  void keepsFoldersAndTheSchemeOfABase() {
    assertThat(SourceUrl.parse("https://a.example/v1/Feed/data?group_number=1"))
        .hasToString("https://a.example/v1/Feed/data?group_number=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.example/data",
        "http://a.example/data?group_number=x",
        "http://a.example/data?group_number=1&token=2",
        "http://a.example/data?group_number=1#top",
        "http:///data?group_number=1",
        "http://a b/data?group_number=1"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> SourceUrl.parse(text))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith(text + ": no URL of a source (expected: http://host:port/data?");
  }

  @Test
  void refusesAPasswordWithoutShowingIt() {
    assertThatThrownBy(() -> SourceUrl.parse("http://ann:secret@a.example/data?group_number=1"))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith("http://…@a.example/data")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void takesPathsForFiles() {
    assertThat(SourceUrl.isUrl("encounters.csv.gz")).isFalse();
    assertThat(SourceUrl.isUrl("http/encounters.csv")).isFalse();
  }
}
