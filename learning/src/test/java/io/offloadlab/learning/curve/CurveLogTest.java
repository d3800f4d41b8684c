package io.offloadlab.learning.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.learning.rl.Episode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveLogTest {
  private static final String HEADER =
      "episode,steps,reward,critic_loss,value,sigma,score,best_score";

  @TempDir Path folder;

  private static Episode episode(int number) {
    return new Episode(number, 50L * number, -1.5, 0.25, 0.5, 0.1, 0.75, 0.75);
  }

  private CurveLog<Episode> open(int done) {
    return CurveLog.open(Optional.of(folder), "run", Episode.CURVES, Episode::steps, done);
  }

  @Test
  void accept_writesOneRowPerEpisode() throws IOException {
    try (CurveLog<Episode> log = open(0)) {
      log.accept(episode(1));
      log.accept(episode(2));
    }

    assertThat(Files.readAllLines(folder.resolve("training.csv")))
        .containsExactly(
            HEADER, "1,50,-1.5,0.25,0.5,0.1,0.75,0.75", "2,100,-1.5,0.25,0.5,0.1,0.75,0.75");
  }

  @Test
  void open_resumedTraining_dropsRowsAfterTheCheckpoint() throws IOException {
    try (CurveLog<Episode> log = open(0)) {
      for (int i = 1; i <= 5; i++) {
        log.accept(episode(i));
      }
    }

    try (CurveLog<Episode> log = open(3)) {
      log.accept(episode(4));
    }

    assertThat(Files.readAllLines(folder.resolve("training.csv")))
        .hasSize(5)
        .last()
        .asString()
        .startsWith("4,");
  }

  @Test
  void open_lastLineTorn_isDropped() throws IOException {
    Files.writeString(
        folder.resolve("training.csv"), HEADER + "\n1,50,-1.5,0.25,0.5,0.1,0.75,0.75\n2");

    open(2).close();

    assertThat(Files.readAllLines(folder.resolve("training.csv")))
        .containsExactly(HEADER, "1,50,-1.5,0.25,0.5,0.1,0.75,0.75");
  }

  @Test
  void accept_writesTensorBoardRecordsWithValidChecksums() throws IOException {
    try (CurveLog<Episode> log = open(0)) {
      log.accept(episode(3));
    }

    List<ByteBuffer> records = records(eventFile());

    assertThat(records).hasSize(6);
    ByteBuffer reward = records.get(1);
    // Keys are (field << 3) + type. Fields of tensorflow.Event: 1 wall time (double), 2 step
    // (varint), 5 summary (message).
    assertThat(reward.get()).isEqualTo((byte) 9);
    assertThat(reward.getDouble()).isCloseTo(System.currentTimeMillis() / 1e3, within(3600.0));
    assertThat(reward.get()).isEqualTo((byte) 16);
    assertThat((reward.get() & 0x7f) | (reward.get() << 7)).isEqualTo(150);
    assertThat(reward.get()).isEqualTo((byte) 42);
    assertThat((int) reward.get()).isEqualTo(reward.remaining());
    // Summary: 1 value (message) of 1 tag (string) and 2 simple value (float).
    assertThat(reward.get()).isEqualTo((byte) 10);
    assertThat((int) reward.get()).isEqualTo(reward.remaining());
    assertThat(reward.get()).isEqualTo((byte) 10);
    byte[] tag = new byte[reward.get()];
    reward.get(tag);
    assertThat(new String(tag, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("train/reward");
    assertThat(reward.get()).isEqualTo((byte) 21);
    assertThat(reward.getFloat()).isEqualTo(-1.5f);
  }

  private Path eventFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().contains("tfevents")).findFirst().orElseThrow();
    }
  }

  private static List<ByteBuffer> records(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<ByteBuffer> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int at = bytes.position();
      int length = Math.toIntExact(bytes.getLong());
      assertThat(bytes.getInt()).isEqualTo(masked(bytes, at, Long.BYTES));
      records.add(bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN));
      bytes.position(bytes.position() + length);
      assertThat(bytes.getInt()).isEqualTo(masked(bytes, at + 12, length));
    }
    return records;
  }

  /** TensorFlow's masked CRC-32C: rotated right by 15 bits, plus a constant. */
  private static int masked(ByteBuffer bytes, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(at, length));
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
