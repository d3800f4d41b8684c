package io.offloadlab.nn.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * TorchScript source as the archive that PyTorch loads modules from. It never leaves memory; what
 * the format wants pickled is the constant fact that the module has no attributes.
 */
public final class ScriptArchive {
  /** Python's pickle of an object of class __torch__.Component with training = False. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nComponent\n)\u0081}(X\b\0\0\0training\u0089ub.";

  /** Python's pickle of an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private ScriptArchive() {}

  /**
   * Compiles a class.
   *
   * @param source of the class Component
   * @param owner closes the module
   */
  public static PtSymbolBlock load(String source, NDManager owner) {
    try (ByteArrayInputStream archive = new ByteArrayInputStream(of(source))) {
      return JniUtils.loadModule((PtNDManager) owner, archive, true, false);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static byte[] of(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
      add(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      add(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
      add(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** Not compressed, as PyTorch demands, so size and checksum come before the bytes. */
  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("component/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
