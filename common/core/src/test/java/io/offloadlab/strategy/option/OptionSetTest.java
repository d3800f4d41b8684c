package io.offloadlab.strategy.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.UsageError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionSetTest {
  private static final Option<String> COLOUR =
      Option.word("colour", List.of("green", "blue"), "of the line");
  private static final Option<Double> WIDTH =
      Option.number("width", 0.5, Range.POSITIVE_SHARE, "of the line");
  private static final Option<Integer> COUNT =
      Option.whole("count", 3, Range.atLeast(1), "of lines");
  private static final Option<Boolean> DASHED = Option.flag("dashed", false, "or drawn through");
  private static final Option<Path> FILE = Option.file("file", "a file", "where they are kept");
  private static final OptionSet LINES = OptionSet.of("lines", COLOUR, WIDTH, COUNT, DASHED, FILE);

  @Test
  void read_nothingGiven_givesDefaults() {
    OptionSet.Values values = LINES.read(Map.of());

    assertThat(values.get(COLOUR)).isEqualTo("green");
    assertThat(values.get(WIDTH)).isEqualTo(0.5);
    assertThat(values.get(COUNT)).isEqualTo(3);
    assertThat(values.get(DASHED)).isFalse();
    assertThat(values.find(FILE)).isEmpty();
  }

  @Test
  void read_valuesGiven_givesThemWithTheirTypes() {
    OptionSet.Values values =
        LINES.read(
            Map.of(
                "lines.colour", "blue",
                "lines.width", "1",
                "lines.count", "7",
                "lines.dashed", "true",
                "lines.file", "a.txt"));

    assertThat(values.get(COLOUR)).isEqualTo("blue");
    assertThat(values.get(WIDTH)).isEqualTo(1);
    assertThat(values.get(COUNT)).isEqualTo(7);
    assertThat(values.get(DASHED)).isTrue();
    assertThat(values.find(FILE)).contains(Path.of("a.txt"));
  }

  @Test
  void read_optionsOfOthers_areLeftAlone() {
    assertThat(LINES.read(Map.of("linesman.flag", "up", "other.colour", "red")).given()).isEmpty();
  }

  @Test
  void read_unknownOption_isRefusedWithTheNearest() {
    assertThatThrownBy(() -> LINES.read(Map.of("lines.color", "blue")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("'lines.color' (did you mean lines.colour?)");
  }

  @ParameterizedTest
  @CsvSource({
    "colour, gren, did you mean green?",
    "width, 0, 'a number in (0, 1]'",
    "width, NaN, 'a number in (0, 1]'",
    "width, wide, 'a number in (0, 1]'",
    "count, 0, a whole number 1 or more",
    "count, 1.5, a whole number 1 or more",
    "dashed, yes, 'true, false'"
  })
  void read_valueThatIsNone_isRefusedInOneLineWithWhatIsValid(
      String name, String value, String valid) {
    assertThatThrownBy(() -> LINES.read(Map.of("lines." + name, value)))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("lines." + name)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(valid)
        .hasMessageNotContaining("\n");
  }
}
