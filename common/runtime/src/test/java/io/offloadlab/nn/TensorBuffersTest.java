package io.offloadlab.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TensorBuffersTest {
  private Engine engine;
  private NDManager manager;

  @BeforeEach
  void open() {
    engine = new Engine(Engine.Processor.CPU, 1);
    manager = engine.newManager();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static ByteBuffer direct(float... values) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  @Test
  @DisplayName(
      "a wrapped direct buffer is the tensor's memory: what is written to one is in the other")
  void wrap_directBuffer_sharesMemory() {
    ByteBuffer bytes = direct(1, 2, 3, 4);
    NDArray tensor = TensorBuffers.wrap(manager, bytes, new Shape(2, 2));

    bytes.putFloat(4, 20);

    assertThat(tensor.toFloatArray()).containsExactly(1, 20, 3, 4);
  }

  @Test
  void wrap_bufferPositionedInAFrame_onlyThePayload() {
    ByteBuffer frame = direct(9, 1, 2, 9).position(4).limit(12);

    NDArray tensor = TensorBuffers.wrap(manager, frame, new Shape(2));

    assertThat(tensor.toFloatArray()).containsExactly(1, 2);
    assertThat(frame.position()).isEqualTo(4);
    assertThat(frame.limit()).isEqualTo(12);
  }

  @Test
  void wrap_heapOrUnalignedBuffer_copy() {
    ByteBuffer heap = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 1);
    ByteBuffer unaligned = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN);
    unaligned.position(3).limit(11).putFloat(3, 1);

    NDArray ofHeap = TensorBuffers.wrap(manager, heap, new Shape(2));
    NDArray ofUnaligned = TensorBuffers.wrap(manager, unaligned, new Shape(2));

    unaligned.putFloat(3, 2);
    assertThat(ofHeap.toFloatArray()).containsExactly(1, 0);
    assertThat(ofUnaligned.toFloatArray()).containsExactly(1, 0);
  }

  @Test
  void wrap_readOnlyBuffer_values() {
    NDArray tensor = TensorBuffers.wrap(manager, direct(1, 2).asReadOnlyBuffer(), new Shape(2));

    assertThat(tensor.toFloatArray()).containsExactly(1, 2);
  }

  @Test
  void wrap_tooFewBytes_illegalArgumentNamingBothSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorBuffers.wrap(manager, direct(1), new Shape(2)))
        .withMessage("float32 (2) needs 8 bytes, got 4");
  }

  @Test
  @DisplayName("the bytes of a tensor are its own memory, little-endian")
  void bytes_contiguousTensor_sharesMemory() {
    NDArray tensor = manager.create(new float[] {1, 2}, new Shape(2));
    ByteBuffer bytes = TensorBuffers.bytes(tensor);

    tensor.addi(1);

    assertThat(bytes.isDirect()).isTrue();
    assertThat(bytes.remaining()).isEqualTo(8);
    assertThat(bytes.getFloat()).isEqualTo(2);
    assertThat(bytes.getFloat()).isEqualTo(3);
  }

  @Test
  void bytes_transposedTensor_rowMajorOfItsShape() {
    NDArray tensor = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2)).transpose();
    float[] values = new float[4];

    TensorBuffers.bytes(tensor).asFloatBuffer().get(values);

    assertThat(values).containsExactly(1, 3, 2, 4);
  }

  @Test
  void wrapThenBytes_sameMemory() {
    ByteBuffer bytes = direct(1, 2, 3);
    ByteBuffer back = TensorBuffers.bytes(TensorBuffers.wrap(manager, bytes, new Shape(3)));

    bytes.putFloat(0, 7);

    assertThat(back.getFloat(0)).isEqualTo(7);
  }
}
