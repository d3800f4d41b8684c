package io.offloadlab.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir Path folder;

  private ByteBuffer written(String tag, long step, double value) throws IOException {
    try (EventFile file = EventFile.create(folder, "run")) {
      file.scalar(tag, step, value);
    }
    try (var files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      assertThat(all.get(0).getFileName().toString())
          .matches("events\\.out\\.tfevents\\.\\d+\\.run");
      return ByteBuffer.wrap(Files.readAllBytes(all.get(0))).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Bit by bit, as the polynomial is written down, and masked as TFRecord's format says. */
  private static int maskedCrc(byte[] data) {
    int crc = ~0;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int i = 0; i < 8; i++) {
        crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return Integer.rotateRight(~crc, 15) + 0xa282ead8;
  }

  private static byte[] record(ByteBuffer file) {
    byte[] length = new byte[8];
    file.get(file.position(), length);
    byte[] data = new byte[(int) file.getLong()];
    assertThat(file.getInt()).isEqualTo(maskedCrc(length));
    file.get(data);
    assertThat(file.getInt()).isEqualTo(maskedCrc(data));
    return data;
  }

  @Test
  @DisplayName("a file is a version record and a record per point, each with its checksums")
  void scalar_onePoint_twoRecordsWithTagStepAndValue() throws IOException {
    ByteBuffer file = written("train/loss", 300, 1.5);

    assertThat(new String(record(file), StandardCharsets.ISO_8859_1)).endsWith("brain.Event:2");
    byte[] point = record(file);
    assertThat(file.hasRemaining()).isFalse();
    // wall time: 9 bytes; field 2, varint 300; field 5, summary; field 1, value; tag; simple value
    ByteBuffer event = ByteBuffer.wrap(point).order(ByteOrder.LITTLE_ENDIAN).position(9);
    byte[] rest = new byte[event.remaining()];
    event.get(rest);
    byte[] expected = new byte[3 + 2 + 2 + 2 + 10 + 5];
    ByteBuffer.wrap(expected)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {0x10, (byte) 0xac, 0x02, 0x2a, 19, 0x0a, 17, 0x0a, 10})
        .put("train/loss".getBytes(StandardCharsets.UTF_8))
        .put((byte) 0x15)
        .putFloat(1.5f);
    assertThat(rest).containsExactly(expected);
  }

  @Test
  void scalar_notFinite_leftOut() throws IOException {
    ByteBuffer file = written("loss", 1, Double.NaN);

    record(file);
    assertThat(file.hasRemaining()).isFalse();
  }
}
