package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.offloadlab.graph.Shape;
import io.offloadlab.wire.Message.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads the fields of a message, each of them bounded before memory is taken for it. */
final class FieldReader {
  /** Most bytes of a name. */
  static final int MAX_NAME = 256;

  /** Most bytes of a text for humans. */
  static final int MAX_TEXT = 4096;

  /** Most items of a list. */
  static final int MAX_ITEMS = 4096;

  /** Most cores of a node. */
  static final int MAX_CORES = 1 << 16;

  /** Most samples that a program is measured with. */
  static final int MAX_BATCH = 1 << 20;

  /** Most dimensions of a sample. */
  static final int MAX_RANK = 8;

  private static final int SHA256_BYTES = 32;

  private ByteBuf in;

  /** Of the tensors before: the next one usually has one of them, which then is not made anew. */
  private final Shape[] shapes = new Shape[4];

  private int nextShape;

  /** The steps before, as they came: most tasks of a stream go the same way. */
  private List<Step> steps = List.of();

  private ByteBuf stepBytes = Unpooled.EMPTY_BUFFER;

  /** Reads on in other fields. */
  FieldReader of(ByteBuf fields) {
    in = fields;
    return this;
  }

  int int32() {
    require(Integer.BYTES);
    return in.readInt();
  }

  int int32(String what, int least, int most) {
    return int32("", what, least, most);
  }

  /** Both parts of what it is are put together only to be read. */
  private int int32(String of, String what, int least, int most) {
    int value = int32();
    if (value < least || value > most) {
      throw new WireException(
          String.format(Locale.ROOT, "%s%s is %d, not in %d..%d", of, what, value, least, most));
    }
    return value;
  }

  long int64() {
    require(Long.BYTES);
    return in.readLong();
  }

  double float64() {
    require(Double.BYTES);
    return in.readDouble();
  }

  boolean flag() {
    require(1);
    byte value = in.readByte();
    if (value != 0 && value != 1) {
      throw new WireException("a flag is 0 or 1, not " + value);
    }
    return value == 1;
  }

  String name() {
    return text("a name", MAX_NAME);
  }

  String reason() {
    return text("a text", MAX_TEXT);
  }

  private String text(String what, int most) {
    return new String(bytes(what, most), StandardCharsets.UTF_8);
  }

  byte[] bytes(String what, int most) {
    int length = int32("length of ", what, 0, most);
    require(length);
    return ByteBufUtil.getBytes(in.readSlice(length));
  }

  String sha256() {
    require(SHA256_BYTES);
    return ByteBufUtil.hexDump(in.readSlice(SHA256_BYTES));
  }

  TensorPayload tensor(ByteBuf payload) {
    int batch = int32("a batch", 1, Integer.MAX_VALUE);
    int dims = int32("number of dimensions", 1, MAX_RANK);
    require(dims * Integer.BYTES);
    return new TensorPayload(batch, shape(dims), payload);
  }

  private Shape shape(int dims) {
    for (Shape known : shapes) {
      if (comes(known, dims)) {
        return known;
      }
    }
    List<Integer> extents = new ArrayList<>(dims);
    for (int i = 0; i < dims; i++) {
      extents.add(int32("an extent", 1, Integer.MAX_VALUE));
    }
    Shape shape = new Shape(extents);
    shapes[nextShape] = shape;
    nextShape = (nextShape + 1) % shapes.length;
    return shape;
  }

  /** Reads these extents if they are what comes, else nothing. */
  private boolean comes(Shape expected, int dims) {
    if (expected == null || expected.rank() != dims) {
      return false;
    }
    for (int i = 0; i < dims; i++) {
      if (in.getInt(in.readerIndex() + i * Integer.BYTES) != expected.dims().get(i)) {
        return false;
      }
    }
    in.skipBytes(dims * Integer.BYTES);
    return true;
  }

  List<Step> steps() {
    int length = stepBytes.readableBytes();
    require(Integer.BYTES);
    if (in.getInt(in.readerIndex()) == 0) {
      in.skipBytes(Integer.BYTES);
      return List.of();
    }
    if (length > 0
        && in.readableBytes() >= length
        && ByteBufUtil.equals(in, in.readerIndex(), stepBytes, 0, length)) {
      in.skipBytes(length);
      return steps;
    }
    int from = in.readerIndex();
    steps =
        List.copyOf(
            list(
                "steps",
                r -> new Step(r.name(), r.int32("number of cores", 0, MAX_CORES), r.flag())));
    stepBytes = Unpooled.copiedBuffer(in.slice(from, in.readerIndex() - from));
    return steps;
  }

  <T> List<T> list(String what, Function<FieldReader, T> item) {
    int count = int32("number of ", what, 0, MAX_ITEMS);
    require(count);
    if (count == 0) {
      return List.of();
    }
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(item.apply(this));
    }
    return items;
  }

  private void require(int bytes) {
    if (in.readableBytes() < bytes) {
      throw new WireException(
          String.format(
              Locale.ROOT,
              "a frame ends after %d bytes where %d more are needed",
              in.readableBytes(),
              bytes));
    }
  }
}
