package dev.alta.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.testing.Visit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DayReaderTest {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  private static final SourceUrl URL = SourceUrl.parse("http://a.example:1/data?group_number=1");
  private static final String HEAD = "{'group_number':1,'day':2,'batch_number':9,";
  private static final String ROW = "[1,7,'surgery',1.50,null,'428','no']";

  @Test
  void readsBothFormsOfRowsToTheSameBytes() {
    String expected = "1,7,surgery,1.50,,428,no\n";
    assertThat(csv(HEAD + "'data':[" + ROW + "]}")).isEqualTo(expected);
    assertThat(csv(HEAD + "'data':[['1','7','surgery','1.50','','428','no']]}"))
        .isEqualTo(expected);
    assertThat(
            csv(
                HEAD
                    + "'data':[{'came_back':'no','Person-No':7,'visit_id':1,'ward':'surgery',"
                    + "'creatinine':1.50,'cause':'428'}]}"))
        .isEqualTo(expected);
  }

  @Test
  void followsTheColumnsThatAnAnswerNames() {
    assertThat(
            csv(
                HEAD
                    + "'columns':['came_back','cause','Person-No','creatinine','visit_id'],"
                    + "'data':[['no','428',7,1.50,1]]}"))
        .isEqualTo("1,7,,1.50,,428,no\n");
  }

  @Test
  void countsRowsAndTakesADayWithoutAny() {
    assertThat(read(HEAD + "'data':[" + ROW + "," + ROW + "]}").rows()).isEqualTo(2);
    assertThat(read(HEAD + "'data':[]}"))
        .extracting(Day::rows, day -> day.csv().length)
        .containsExactly(0, 0);
  }

  @Test
  void quotesCellsSoThatTheyAreReadAsTheyCame() {
    String line = csv(HEAD + "'data':[[1,7,'a,b','c\\\"d','e\\r\\nf','\\\"','']]}");
    assertThat(CsvRecord.cells(line.substring(0, line.length() - 1)))
        .contains(List.of("1", "7", "a,b", "c\"d", "e\r\nf", "\"", ""));
  }

  @Test
  void leavesOutWhatElseASourceSays() {
    assertThat(csv(HEAD + "'next':{'day':3},'data':[" + ROW + "],'took':[1,2]}"))
        .startsWith("1,7,surgery");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<html>|not JSON at line 1, column ",
        "\0\0\0{!\0\0\0|not JSON at line 1, column ",
        "|no object (expected: {",
        "[]|no object (expected: {",
        "{'group_number':1,'day':2,'batch_number':9,'data':[[1,|not JSON",
        "{'group_number':1,'day':2,'batch_number':9,'data':[]} {}|more behind the object",
        "{'group_number':1,'day':2,'batch_number':9,'data':[],'data':[]}|data: twice",
        "{'group_number':2,'day':2,'batch_number':9,'data':[]}|group_number: 2 (expected: 1)",
        "{'group_number':1,'day':'2','batch_number':9,'data':[]}|day: 2 (expected: 2)",
        "{'group_number':1,'day':3,'batch_number':9,'data':[]}|day: 3 (expected: 2)",
        "{'group_number':1,'day':2,'batch_number':-1,'data':[]}|batch_number: -1 (expected: a whole",
        "{'group_number':1,'day':2,'batch_number':'a\\nb','data':[]}|batch_number: a?b (expected: a",
        "{'group_number':1,'day':2,'batch_number':99999999999,'data':[]}|batch_number: 99999999999",
        "{'group_number':1,'day':2,'data':[]}|batch_number: missing",
        "{'group_number':1,'day':2,'batch_number':9}|data: missing",
        "{'group_number':1,'day':2,'batch_number':9,'data':{}}|data: no list",
        "{'group_number':1,'day':2,'batch_number':9,'data':[5]}|row 1: no row",
        "{'group_number':1,'day':2,'batch_number':9,'data':[[1,2]]}|row 1: 2 values (expected: 7",
        "{'group_number':1,'day':2,'batch_number':9,'data':[[1,7,'a',[],1,1,1]]}|row 1: a list or",
        "{'group_number':1,'day':2,'batch_number':9,'data':[{'wards':'a'}]}|row 1: wards (expected",
        "{'group_number':1,'day':2,'batch_number':9,'data':[{'person':1,'Person-No':1}]}|"
            + "row 1: Person-No twice",
        "{'group_number':1,'day':2,'batch_number':9,'data':[],'columns':[]}|columns: behind data",
        "{'group_number':1,'day':2,'batch_number':9,'columns':['a'],'data':[]}|columns: unknown: a",
        "{'group_number':1,'day':2,'batch_number':9,'data':[[1,7,'\\ud800',1,1,1,1]]}|"
            + "row 1: half of a character"
      })
  void saysInOneLineWhatIsWrong(String body, String message) {
    assertThatThrownBy(() -> read(body == null ? "" : body))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith("http://a.example:1/data?group_number=1&day=2: " + message)
        .message()
        .contains("(expected: ")
        .doesNotContain("\n");
  }

  @Test
  void quotesNoValueOfARow() {
    assertThatThrownBy(() -> read(HEAD + "'data':[[1,7,secret]]}"))
        .isInstanceOf(PipelineException.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void readsATextAtTheTopOfAnAnswerOnly() {
    assertThat(text("{'a':{'code':'x'},'n':1,'code':'NO_SUCH_DAY'}")).isEqualTo("NO_SUCH_DAY");
    assertThat(text("{'a':{'code':'x'}}")).isEmpty();
    assertThat(text("<html>")).isEmpty();
    assertThat(text("{'code':4}")).isEmpty();
  }

  private static String text(String json) {
    return DayReader.text(bytes(json), "code");
  }

  private static String csv(String json) {
    return new String(read(json).csv(), StandardCharsets.UTF_8);
  }

  private static Day read(String json) {
    return DayReader.read(CONTRACT, URL, 2, bytes(json));
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
