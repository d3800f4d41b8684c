package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.offloadlab.graph.Shape;
import java.util.List;
import java.util.function.BiConsumer;

/** Appends the fields of a message; see {@link FieldReader} for the bounds. */
final class FieldWriter {
  private ByteBuf out;

  /** Appends to another message's fields. */
  FieldWriter to(ByteBuf fields) {
    out = fields;
    return this;
  }

  FieldWriter int32(int value) {
    out.writeInt(value);
    return this;
  }

  FieldWriter int64(long value) {
    out.writeLong(value);
    return this;
  }

  FieldWriter float64(double value) {
    out.writeDouble(value);
    return this;
  }

  FieldWriter flag(boolean value) {
    out.writeByte(value ? 1 : 0);
    return this;
  }

  FieldWriter text(String value) {
    out.writeInt(ByteBufUtil.utf8Bytes(value));
    ByteBufUtil.writeUtf8(out, value);
    return this;
  }

  FieldWriter bytes(byte[] value) {
    out.writeInt(value.length).writeBytes(value);
    return this;
  }

  /** Text for a human, cut to what a reader accepts. */
  FieldWriter reason(String value) {
    String text = String.valueOf(value);
    return text(
        text.length() <= FieldReader.MAX_TEXT / 4
            ? text
            : text.substring(0, FieldReader.MAX_TEXT / 4));
  }

  FieldWriter sha256(String hex) {
    out.writeBytes(ByteBufUtil.decodeHexDump(hex));
    return this;
  }

  FieldWriter shape(int batch, Shape shape) {
    return int32(batch).list(shape.dims(), FieldWriter::int32);
  }

  <T> FieldWriter list(List<T> items, BiConsumer<FieldWriter, T> item) {
    out.writeInt(items.size());
    for (int i = 0; i < items.size(); i++) {
      item.accept(this, items.get(i));
    }
    return this;
  }
}
