package io.offloadlab.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
  @TempDir Path folder;

  /** A target of every kind of value. */
  record Target(Integer whole, Double decimal, Boolean flag, String text, List<Integer> list) {}

  private Document document(String text) throws IOException {
    return Document.read(Files.writeString(folder.resolve("f.yaml"), text));
  }

  private void assertRefused(String text, String... parts) {
    assertThatThrownBy(() -> document(text).as(Target.class))
        .isInstanceOf(UsageError.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("java", "jackson", "snakeyaml"));
  }

  @Test
  void as_everyKindOfValue_isTakenAsWritten() throws IOException {
    Target t =
        document("whole: -3\ndecimal: 1e-3\nflag: true\ntext: no\nlist: [1, 2]\n").as(Target.class);

    assertThat(t).isEqualTo(new Target(-3, 0.001, true, "no", List.of(1, 2)));
  }

  @Test
  @DisplayName("what YAML 1.1 takes for numbers in base 60 and base 8 is text")
  void as_textThatLooksLikeOldNumbers_staysText() throws IOException {
    assertThat(document("text: 1:30\n").as(Target.class).text()).isEqualTo("1:30");
    assertThat(document("text: 010\n").as(Target.class).text()).isEqualTo("010");
  }

  @Test
  void as_aliasesAndMergeKeys_areWhatTheyStandFor() throws IOException {
    Document d = document("base: &b {whole: 1, text: a}\nuse: *b\nmore: {<<: *b, text: b}\n");

    assertThat(d.root().at("/use/whole").intValue()).isEqualTo(1);
    assertThat(d.root().at("/more/whole").intValue()).isEqualTo(1);
    assertThat(d.root().at("/more/text").textValue()).isEqualTo("b");
  }

  @Test
  void read_byteOrderMark_isPassedOver() throws IOException {
    assertThat(document("\uFEFFwhole: 1\n").as(Target.class).whole()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whole: 2.9 | key 'whole' is '2.9': expected a whole number",
        "whole: 2.0 | key 'whole' is '2.0': expected a whole number",
        "whole: '\"2\"' | key 'whole' is '2': expected a whole number",
        "whole: '\"\"' | key 'whole'",
        "whole: 3000000000 | key 'whole' is '3000000000': expected a whole number",
        "decimal: many | key 'decimal' is 'many': expected a number",
        "decimal: .inf | key 'decimal' is '.inf': expected a number",
        "flag: yes | key 'flag' is 'yes': expected true or false",
        "flag: 1 | key 'flag' is '1': expected true or false",
        "list: 3 | key 'list' is '3': expected a list",
        "list: [1, 2.5] | key 'list[1]' is '2.5': expected a whole number",
        "list: [1, ~] | key 'list[1]' has no value",
        "text: [a] | key 'text' is '[\"a\"]': expected a text",
        "whole: | key 'whole' has no value",
        "whole: null | key 'whole' has no value",
        "txet: a | unknown key 'txet' (did you mean text?)"
      })
  void as_valueOfAnotherKind_isRefusedWithFileLineKeyAndValue(String line, String expected) {
    assertRefused(
        "# a comment\n" + line.replace("'\"", "\"").replace("\"'", "\""),
        "f.yaml, line 2: ",
        expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whole: 1~whole: 2 | line 2: key 'whole' is there already in line 1",
        "---~whole: 1~---~whole: 2 | line 4: a second document begins",
        "'~ ' | is empty",
        "null | line 1: it is empty",
        "- 1~- 2 | expected keys with values",
        "whole | expected keys with values",
        "whole: [1 | line",
        "whole: *nothing | line 1: ",
        "? [a, b]~: 1 | line 1: a key is a word",
        "<<: 3 | line 1: '<<' merges keys with values"
      })
  void read_notOneDocumentOfKeysWithValues_isRefused(String text, String expected) {
    assertRefused(text.replace('~', '\n'), "f.yaml", expected);
  }

  @Test
  @DisplayName("aliases of aliases of aliases are counted before they take memory")
  void read_billionLaughs_isRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String before = "*a" + (i - 1);
      text.append(String.format(Locale.ROOT, "a%d: &a%d [", i, i))
          .append(
              String.join(", ", List.of(before, before, before, before, before, before, before)))
          .append("]\n");
    }

    assertRefused(text.toString(), "aliases");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list: &a [*a]\n", "base: &a {x: [1, *a]}\n", "base: &a {<<: *a}\n"})
  void read_aliasWithinItsOwnAnchor_isRefused(String text) {
    assertRefused(text, "f.yaml, line 1: '&a' holds itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whole: !!int \"2\" | !!int",
        "whole: !!str 2 | !!str",
        "whole: !mine 2 | !mine",
        "list: !!set {a} | !!set",
        "list: !mine [1] | !mine"
      })
  void read_tagThatMeansAnotherType_isRefusedAndNotPassedOver(String text, String tag) {
    assertRefused(text, "f.yaml, line 1: the tag '" + tag + "' is not supported");
  }

  @Test
  void read_tagOfTheTypeThatIsThere_isTaken() throws IOException {
    assertThat(document("whole: !!int 2\n").as(Target.class).whole()).isEqualTo(2);
  }

  @Test
  void read_moreThanAnyoneWrites_isRefusedBeforeItIsParsed() throws IOException {
    Path file = Files.writeString(folder.resolve("long.yaml"), "#".repeat(300 << 10));

    assertThatThrownBy(() -> Document.read(file))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("long.yaml")
        .hasMessageContaining("longer than 256 KiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.yaml", "."})
  void read_noFile_namesIt(String name) {
    assertThatThrownBy(() -> Document.read(folder.resolve(name)))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(folder.resolve(name).toString());
  }

  @Test
  void read_latin1_asksForUtf8() throws IOException {
    Path file =
        Files.write(folder.resolve("l.yaml"), "text: ü\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Document.read(file))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void asWhole_keyLeftOut_isRefusedByName() {
    assertThatThrownBy(() -> document("whole: 1\n").asWhole(Target.class))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("key 'decimal' is missing");
  }
}
