package io.offloadlab.nn.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.HostTensor;
import io.offloadlab.nn.Part;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime on the host's cores.
 *
 * <p>Its own Java interface and not DJL's: DJL fixes the threads for the whole process and copies
 * every input and output.
 */
final class OnnxRuntimeEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeEngine.class);

  /** Helpers spin while one run is under way, which wins a third at batch 1, and not after it. */
  private static final String NO_SPINNING_BETWEEN_RUNS = "session.force_spinning_stop";

  private final int threads;
  private final Set<OnnxRuntimeProgram> programs = ConcurrentHashMap.newKeySet();
  private final Outputs outputs = new Outputs();

  /**
   * @param threads cores that one inference uses unless it is told otherwise, at least 1
   * @throws RunFailure if there is no ONNX Runtime for this platform
   */
  OnnxRuntimeEngine(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("an inference needs a thread, not " + threads);
    }
    this.threads = threads;
    if (!isHere()) {
      throw new RunFailure(
          "ONNX Runtime has no library for %s %s: choose another engine"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
  }

  /** Whether its library can be loaded on this platform. */
  static boolean isHere() {
    try {
      return environment() != null;
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
      LOG.debug("no ONNX Runtime here", e);
      return false;
    }
  }

  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "offloadlab");
  }

  /**
   * A session of its own threads.
   *
   * @param model as {@link OnnxModel} writes it
   */
  static OrtSession session(byte[] model, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry(NO_SPINNING_BETWEEN_RUNS, "1");
      return environment().createSession(model, options);
    }
  }

  @Override
  public Program load(List<Part> chain) {
    OnnxRuntimeProgram program = new OnnxRuntimeProgram(this, chain, programs::remove);
    programs.add(program);
    return program;
  }

  @Override
  public Tensor wrap(ByteBuffer bytes, int batch, Shape shape) {
    return HostTensor.over(bytes, batch, shape);
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public void close() {
    List.copyOf(programs).forEach(Program::close);
    outputs.close();
  }

  /** Where programs write to. */
  Outputs outputs() {
    return outputs;
  }

  @Override
  public String toString() {
    return "ONNX Runtime";
  }
}
