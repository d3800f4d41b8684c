package io.offloadlab.eventlog;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Writes scalars in TensorBoard's format: TFRecords (length, masked CRC-32C, data, masked CRC-32C)
 * of {@code Event} protocol buffers. The two messages needed are small enough to be laid out by
 * hand; no maintained Java library writes them without TensorFlow.
 */
public final class EventFile implements Closeable {
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final OutputStream out;

  private EventFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param folder to write to; it exists
   * @param run ends the file's name; names that sort in the order of writing keep the files of a
   *     resumed training together
   * @throws IOException if it cannot be written
   */
  public static EventFile create(Path folder, String run) throws IOException {
    String name =
        String.format(
            Locale.ROOT, "events.out.tfevents.%010d.%s", System.currentTimeMillis() / 1000, run);
    EventFile file =
        new EventFile(new BufferedOutputStream(Files.newOutputStream(folder.resolve(name))));
    ByteBuffer event = message(64);
    wallTime(event);
    bytes(event, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
    file.record(event);
    return file;
  }

  /**
   * One point of a curve; numbers that are not finite are left out.
   *
   * @param tag the curve's name; slashes make groups
   * @param step abscissa, at least 0
   * @throws IOException if it cannot be written
   */
  public void scalar(String tag, long step, double value) throws IOException {
    if (!Double.isFinite(value)) {
      return;
    }
    byte[] name = tag.getBytes(StandardCharsets.UTF_8);
    ByteBuffer point = message(name.length + 32);
    bytes(point, 1, name);
    key(point, 2, FIXED32);
    point.putFloat((float) value);
    ByteBuffer summary = message(name.length + 48);
    bytes(summary, 1, array(point));
    ByteBuffer event = message(name.length + 96);
    wallTime(event);
    key(event, 2, 0);
    varint(event, step);
    bytes(event, 5, array(summary));
    record(event);
  }

  private void record(ByteBuffer event) throws IOException {
    byte[] data = array(event);
    byte[] length = array(message(Long.BYTES).putLong(data.length));
    ByteBuffer record = message(data.length + 16);
    record.put(length).putInt(maskedCrc(length));
    record.put(data).putInt(maskedCrc(data));
    out.write(array(record));
    out.flush();
  }

  private static int maskedCrc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + 0xa282ead8;
  }

  private static void wallTime(ByteBuffer event) {
    key(event, 1, FIXED64);
    event.putDouble(System.currentTimeMillis() / 1000.0);
  }

  private static void bytes(ByteBuffer to, int field, byte[] value) {
    key(to, field, BYTES);
    varint(to, value.length);
    to.put(value);
  }

  private static void key(ByteBuffer to, int field, int type) {
    varint(to, ((long) field << 3) | type);
  }

  private static void varint(ByteBuffer to, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      to.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  private static ByteBuffer message(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] array(ByteBuffer message) {
    byte[] written = new byte[message.position()];
    message.flip().get(written);
    return written;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
