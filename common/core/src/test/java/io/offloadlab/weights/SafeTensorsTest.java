package io.offloadlab.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  @TempDir Path directory;

  private static byte[] bytes(String header, int data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("w.safetensors"), content);
  }

  @Test
  void open_fileWrittenByHand_tensorsAndMetadata() throws IOException {
    String header =
        "{'__metadata__':{'architecture':'tiny'},"
            + "'h':{'dtype':'F16','shape':[2],'data_offsets':[0,4]},"
            + "'f':{'dtype':'F32','shape':[1,1],'data_offsets':[4,8]}}";
    byte[] content = bytes(header.replace('\'', '"'), 8);
    ByteBuffer.wrap(content, content.length - 8, 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x3c00)
        .putShort((short) 0xc000)
        .putFloat(0.5f);

    SafeTensors read = SafeTensors.open(file(content));

    assertThat(read.metadata()).containsExactly(Map.entry("architecture", "tiny"));
    assertThat(read.names()).containsExactly("h", "f");
    assertThat(read.tensor("h").floats()).containsExactly(1f, -2f);
    assertThat(read.tensor("f", List.of(1, 1)).floats()).containsExactly(0.5f);
  }

  @Test
  void write_thenOpen_sameTensors() {
    Path file = directory.resolve("w.safetensors");
    StoredTensor a =
        StoredTensor.of("a \"quoted\" name", List.of(2, 2), new float[] {1, 2, 3, -0f});
    StoredTensor b = StoredTensor.of("b", List.of(), new float[] {Float.MIN_VALUE}).named("scalar");
    StoredTensor c = StoredTensor.of("c", List.of(3), new float[] {1, 1e-8f, 70000}).halved();
    StoredTensor empty = StoredTensor.of("empty", List.of(0, 4), new float[0]);

    SafeTensorsWriter.write(file, Map.of("k", "v"), List.of(a, b, c, empty));

    SafeTensors read = SafeTensors.open(file);
    assertThat(read.names()).containsExactly("a \"quoted\" name", "scalar", "c", "empty");
    assertThat(read.tensor(a.name()).floats()).containsExactly(a.floats());
    assertThat(read.tensor("scalar").shape()).isEmpty();
    assertThat(read.tensor("c").dtype()).isEqualTo(Dtype.F16);
    assertThat(read.tensor("c").floats()).containsExactly(1, 0, Float.POSITIVE_INFINITY);
    assertThat(read.tensor("empty").shape()).containsExactly(0, 4);
    assertThat(read.metadata()).containsEntry("k", "v");
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void write_sameTensors_sameBytesAlignedToEight() {
    List<StoredTensor> tensors = List.of(StoredTensor.of("a", List.of(1), new float[] {1}));

    ByteBuffer first = SafeTensorsWriter.write(Map.of(), tensors);

    assertThat(first).isEqualTo(SafeTensorsWriter.write(Map.of(), tensors));
    assertThat(first.order(ByteOrder.LITTLE_ENDIAN).getLong(0) % 8).isZero();
  }

  @Test
  void open_missingFile_runFailureNamingIt() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> SafeTensors.open(directory.resolve("none.safetensors")))
        .withMessageContaining("none.safetensors: there is no such weights file");
  }

  @Test
  @DisplayName("a file cut off at any byte is refused with one line that names it")
  void open_truncatedAnywhere_runFailure() throws IOException {
    List<StoredTensor> tensors =
        List.of(StoredTensor.of("a", List.of(2, 2), new float[] {1, 2, 3, 4}));
    byte[] whole = SafeTensorsWriter.write(Map.of("k", "v"), tensors).array();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(RunFailure.class)
          .as("first %d of %d bytes", length, whole.length)
          .isThrownBy(() -> SafeTensors.of("w.safetensors", ByteBuffer.wrap(cut)))
          .withMessageStartingWith("w.safetensors")
          .withMessageNotContaining("\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|4|'a' with 4 bytes, but F32 [2] needs 8",
        "{'a':{'dtype':'BF16','shape':[2],'data_offsets':[0,4]}}|4|'a' of dtype 'BF16'; known are [F16, F32, U8, I64]",
        "{'a':{'shape':[2],'data_offsets':[0,4]}}|4|'a' of dtype ''",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}|8|something is appended",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}|2|truncated",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[4],'data_offsets':[2,6]}}|6|overlap",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}|4|overlap",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[4],'data_offsets':[6,10]}}|10|leave a gap",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[4,0]}}|4|data_offsets [4, 0]",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0]}}|4|data_offsets [0]",
        "{'a':{'dtype':'U8','shape':[-4],'data_offsets':[0,4]}}|4|shape is wrong, not a list of whole numbers",
        "{'a':{'dtype':'U8','data_offsets':[0,4]}}|4|shape is missing",
        "{'a':{'dtype':'U8','shape':[4.5],'data_offsets':[0,4]}}|4|not a list of whole numbers",
        "{'a':{'dtype':'U8','shape':[5000000000],'data_offsets':[0,4]}}|4|an extent of 5000000000",
        "{'a':{'dtype':'I64','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,4]}}|4|impossible shape",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,99999999999999999999]}}|4|data_offsets is wrong",
        "{'a':{'dtype':'U8','shape':[0],'data_offsets':[0,0]},'a':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}}|0|corrupt header (Duplicate field 'a')",
        "{'a':7}|0|'a' of dtype ''",
        "[1,2]|0|not a JSON object",
        "{'a':|0|corrupt header",
        "{} {}|0|corrupt header",
        "{'__metadata__':{'k':1}}|0|metadata 'k' that is not a string",
        "{'__metadata__':7}|0|'__metadata__' that is not an object",
      })
  void of_badHeader_runFailureSayingWhatIsWrong(String header, int data, String message) {
    ByteBuffer content = ByteBuffer.wrap(bytes(header.replace('\'', '"'), data));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> SafeTensors.of("w.safetensors", content))
        .withMessageStartingWith("w.safetensors ")
        .withMessageContaining(message)
        .withMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "1000000", "0", "1"})
  void of_headerLengthOutOfRange_runFailureBeforeMemoryIsTaken(long length) {
    ByteBuffer content = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(0, length);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> SafeTensors.of("w.safetensors", content))
        .withMessageContaining("says its header has " + Long.toUnsignedString(length));
  }

  @Test
  void tensor_absentOrOtherShape_runFailureNamingBoth() {
    List<StoredTensor> tensors = List.of(StoredTensor.of("a", List.of(2), new float[2]));
    SafeTensors file = SafeTensors.of("w", SafeTensorsWriter.write(Map.of(), tensors));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> file.tensor("b"))
        .withMessage("w: tensor 'b' is missing");
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> file.tensor("a", List.of(3)))
        .withMessage("w: tensor 'a' has shape [2], but the network needs [3]");
  }

  @Test
  @DisplayName("a file that cannot take its name leaves no half file behind")
  void write_nameThatIsAFolder_runFailureAndNoHalfFile() throws IOException {
    Path taken = Files.createDirectories(directory.resolve("taken").resolve("inside")).getParent();

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(
            () ->
                SafeTensorsWriter.write(
                    taken, Map.of(), List.of(StoredTensor.of("a", List.of(1), new float[1]))))
        .withMessageContaining("taken: cannot be written");
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }
}
