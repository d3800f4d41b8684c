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
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "{'a':{'dtype':'BOOL','shape':[8],'data_offsets':[0,4]}}|4|'a' with 4 bytes, but BOOL [8] needs 8",
        "{'a':{'dtype':'F4','shape':[3],'data_offsets':[0,4]}}|4|'a' with 4 bytes, but F4 [3] needs 2",
        "{'a':{'dtype':'C64','shape':[2147483648,2147483648,2147483648],'data_offsets':[0,4]}}|4|impossible shape",
        "{'a':{'dtype':'TYPE_OF_NEXT_YEAR','shape':[3],'data_offsets':[0,4]}}|3|truncated",
        "{'a':{'shape':[2],'data_offsets':[0,4]}}|4|'a' without a dtype",
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
        "{'a':7}|0|'a' without a dtype",
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

  @ParameterizedTest
  @CsvSource({
    "BOOL, 8, 8",
    "I8, 8, 8",
    "U16, 4, 8",
    "I16, 4, 8",
    "I32, 2, 8",
    "U32, 2, 8",
    "U64, 1, 8",
    "C64, 1, 8",
    "F8_E4M3, 8, 8",
    "F8_E5M2, 8, 8",
    "F4, 16, 8",
    "F6_E2M3, 8, 6",
    "U64, 0, 0",
    "TYPE_OF_NEXT_YEAR, 77, 8"
  })
  @DisplayName("a tensor of a dtype that is not read is passed over until somebody wants it")
  void of_dtypeNotRead_othersAreReadAndItIsRefusedByName(String dtype, int extent, int size) {
    String header =
        String.format(
                Locale.ROOT,
                "{'mask':{'dtype':'%s','shape':[%d],'data_offsets':[0,%d]},'a':{'dtype':'F32','shape':[1],'data_offsets':[%d,%d]}}",
                dtype,
                extent,
                size,
                size,
                size + 4)
            .replace('\'', '"');

    SafeTensors file = SafeTensors.of("w", ByteBuffer.wrap(bytes(header, size + 4)));

    assertThat(file.names()).containsExactly("a");
    assertThat(file.weights("a", List.of(1)).floats()).hasSize(1);
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> file.tensor("mask"))
        .withMessageStartingWith("w: tensor 'mask' holds " + dtype + ", which is not read")
        .withMessageEndingWith("convert it to F32");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-32BE", "UTF-32LE", "UTF-16BE", "UTF-16LE", "ISO-8859-1"})
  @DisplayName("a header in another encoding is damage like any other")
  void of_headerNotUtf8_runFailureInOneLine(String charset) throws IOException {
    byte[] header = "{\"\u00e9\": 1}".getBytes(charset);
    byte[] broken = Arrays.copyOf(header, header.length - 1);
    for (byte[] json : List.of(header, broken)) {
      ByteBuffer content =
          ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length);
      content.put(json).flip();

      assertThatExceptionOfType(RunFailure.class)
          .isThrownBy(() -> SafeTensors.of("w", content))
          .withMessageStartingWith("w has a corrupt header")
          .withMessageNotContaining("\n");
    }
  }

  @Test
  @DisplayName("BF16 is widened exactly, F64 rounded to the nearest float")
  void weights_bf16AndF64_asF32() {
    ByteBuffer upper = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
    upper.putShort((short) 0x3fc0).putShort((short) 0xc2f7).putShort((short) 0x0001).flip();
    ByteBuffer wide = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    wide.putDouble(0.1).putDouble(-1e-60).flip();
    SafeTensors file =
        SafeTensors.of(
            "w",
            SafeTensorsWriter.write(
                Map.of(),
                List.of(
                    new StoredTensor("bf16", Dtype.BF16, List.of(3), upper),
                    new StoredTensor("f64", Dtype.F64, List.of(2), wide))));

    StoredTensor bf16 = file.weights("bf16", List.of(3));

    assertThat(bf16.dtype()).isEqualTo(Dtype.F32);
    assertThat(bf16.floats()).containsExactly(1.5f, -123.5f, 0x1p-133f);
    assertThat(file.weights("f64", List.of(2)).floats()).containsExactly(0.1f, -0f);
  }

  @Test
  @DisplayName("NaN, infinity and what becomes infinite as float32 is refused by the tensor's name")
  void weights_notFinite_runFailureNamingTheTensor() {
    ByteBuffer wide = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, 1e300);
    ByteBuffer half = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    half.putShort(0, (short) 0x7e00);
    ByteBuffer upper = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    upper.putShort(0, (short) 0xff80);
    List<StoredTensor> tensors =
        List.of(
            new StoredTensor("f64", Dtype.F64, List.of(1), wide),
            new StoredTensor("f16", Dtype.F16, List.of(1), half),
            new StoredTensor("bf16", Dtype.BF16, List.of(1), upper),
            StoredTensor.of("f32", List.of(1), new float[] {Float.NEGATIVE_INFINITY}));
    SafeTensors file = SafeTensors.of("w", SafeTensorsWriter.write(Map.of(), tensors));

    for (StoredTensor t : tensors) {
      assertThatExceptionOfType(RunFailure.class)
          .isThrownBy(() -> file.weights(t.name(), List.of(1)))
          .withMessageStartingWith("w: tensor '" + t.name() + "' holds values that are NaN or inf");
    }
  }

  private static SafeTensors named(String... names) {
    List<StoredTensor> tensors =
        Arrays.stream(names).map(n -> StoredTensor.of(n, List.of(1), new float[1])).toList();
    return SafeTensors.of("w", SafeTensorsWriter.write(Map.of(), tensors));
  }

  @Test
  @DisplayName("prefixes of PyTorch's wrappers are taken off, however they are nested")
  void names_savedInWrappers_bareNames() {
    assertThat(named("module.a.weight", "module.b").names()).containsExactly("a.weight", "b");
    assertThat(named("_orig_mod.module.a", "_orig_mod.module.b").names()).containsExactly("a", "b");
    assertThat(named("a", "module.b").names()).containsExactly("a", "module.b");
    assertThat(named("module.", "module.b").names()).containsExactly("module.", "module.b");
  }

  @Test
  @DisplayName("a prefix that nobody knows is told with the remedy")
  void tensor_otherPrefix_runFailureNamingIt() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> named("student.a.weight").tensor("a.weight"))
        .withMessage(
            "w: tensor 'a.weight' is missing; there is 'student.a.weight': take the prefix 'student.' off all names");
  }
}
