package io.offloadlab.train.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.offloadlab.failure.RunFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurvesTest {
  @TempDir Path folder;

  private static EpochReport report(int epoch, double loss) {
    return new EpochReport(epoch, 4, epoch * 10L, 2, Map.of("loss", loss));
  }

  @Test
  @DisplayName("a resumed table goes on after the checkpoint's epoch and drops later rows")
  void open_afterOneOfTwoEpochs_secondRowReplaced() throws IOException {
    try (Curves curves = Curves.open(folder, 0)) {
      curves.epochDone(report(1, 2.5));
      curves.epochDone(report(2, 9));
    }

    try (Curves curves = Curves.open(folder, 1)) {
      curves.epochDone(report(2, 1.5));
    }

    assertThat(folder.resolve(Curves.TABLE))
        .hasContent("epoch,steps,seconds,loss\n1,10,2.000,2.5\n2,20,2.000,1.5\n");
  }

  @Test
  @DisplayName("a line that a killed training left half-written is dropped with a warning")
  void open_tornLastLine_droppedAndTrainingGoesOn() throws IOException {
    Path table = folder.resolve(Curves.TABLE);
    Files.writeString(table, "epoch,steps,seconds,loss\n1,10,2.000,2.5\n2,2");

    try (Curves curves = Curves.open(folder, 1)) {
      curves.epochDone(report(2, 1.5));
    }

    assertThat(table).hasContent("epoch,steps,seconds,loss\n1,10,2.000,2.5\n2,20,2.000,1.5\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ep", "epoch,steps,seconds,loss"})
  void open_tornHeader_headedAnew(String torn) throws IOException {
    Path table = folder.resolve(Curves.TABLE);
    Files.writeString(table, torn);

    try (Curves curves = Curves.open(folder, 1)) {
      curves.epochDone(report(2, 1.5));
    }

    assertThat(table).hasContent("epoch,steps,seconds,loss\n2,20,2.000,1.5\n");
  }

  @Test
  void open_tableOfSomethingElse_runFailureNamingTheRow() throws IOException {
    Files.writeString(folder.resolve(Curves.TABLE), "name,age\nada,36\n");

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> Curves.open(folder, 1).close())
        .withMessageContaining("a row begins with 'ada', not with an epoch");
  }

  @Test
  @ResourceLock(Resources.LOCALE)
  @DisplayName("numbers have a point, whatever the machine's language writes")
  void epochDone_germanLocale_numbersWithPoints() throws IOException {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try (Curves curves = Curves.open(folder, 0)) {
      curves.epochDone(report(1, 2.5));
    } finally {
      Locale.setDefault(usual);
    }

    assertThat(folder.resolve(Curves.TABLE))
        .hasContent("epoch,steps,seconds,loss\n1,10,2.000,2.5\n");
  }

  @Test
  void open_folderThatIsAFile_runFailureNamingIt() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> Curves.open(file, 0).close())
        .withMessageContaining("taken: the training log cannot be written");
  }

  @Test
  void epochDone_lineWithFiguresAndTimeLeft() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LiveProgress progress =
        new LiveProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
      progress.epochDone(report(1, .5));
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("epoch 1/4  loss 0.5000  2.0 s  6 s left");
  }
}
