package io.offloadlab.performance;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.Part;
import io.offloadlab.nn.onnx.OnnxFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** ONNX Runtime called directly, with its defaults: its threads may spin. */
final class DirectOnnxRuntime implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final OnnxTensor input;

  DirectOnnxRuntime(List<Part> chain, ByteBuffer values, int batch, int threads) {
    Shape shape = chain.get(0).component().input();
    long[] dims = new long[shape.rank() + 1];
    dims[0] = batch;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = shape.dims().get(i - 1);
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      session = environment.createSession(OnnxFiles.model(chain), options);
      input =
          OnnxTensor.createTensor(
              environment, values.order(ByteOrder.nativeOrder()).asFloatBuffer(), dims);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  float[][] run() {
    try (OrtSession.Result result =
        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      return (float[][]) result.get(0).getValue();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      input.close();
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
