package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How one kind of message becomes fields and comes out of them.
 *
 * @param message the kind
 * @param hasPayload whether its frames may have a payload
 * @param writer appends the fields
 * @param reader reads the fields and takes the payload over, unless it throws
 */
record Format<T extends Message>(
    Class<T> message,
    boolean hasPayload,
    BiConsumer<T, FieldWriter> writer,
    BiFunction<FieldReader, ByteBuf, T> reader) {

  /** Fields only. */
  static <T extends Message> Format<T> plain(
      Class<T> message, BiConsumer<T, FieldWriter> writer, Function<FieldReader, T> reader) {
    return new Format<>(message, false, writer, (fields, payload) -> reader.apply(fields));
  }

  /** Fields and a payload. */
  static <T extends Message> Format<T> loaded(
      Class<T> message,
      BiConsumer<T, FieldWriter> writer,
      BiFunction<FieldReader, ByteBuf, T> reader) {
    return new Format<>(message, true, writer, reader);
  }

  void write(Message m, FieldWriter fields) {
    writer.accept(message.cast(m), fields);
  }
}
