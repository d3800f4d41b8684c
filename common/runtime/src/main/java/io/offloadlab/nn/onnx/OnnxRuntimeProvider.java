package io.offloadlab.nn.onnx;

import io.offloadlab.nn.Engine;
import io.offloadlab.nn.EngineProvider;

/** ONNX Runtime under the name {@code onnxruntime}. */
public final class OnnxRuntimeProvider implements EngineProvider {
  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public boolean runsOn(Engine.Processor processor) {
    return processor == Engine.Processor.CPU && OnnxRuntimeEngine.isHere();
  }

  @Override
  public Engine open(Engine.Processor processor, int threads) {
    return new OnnxRuntimeEngine(threads);
  }
}
