package io.offloadlab.nn.pytorch;

import io.offloadlab.nn.Engine;
import io.offloadlab.nn.EngineProvider;

/** PyTorch with oneDNN's fused operations, under the name {@code onednn}. */
public final class OneDnnProvider implements EngineProvider {
  static final String NAME = "onednn";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean runsOn(Engine.Processor processor) {
    return processor == Engine.Processor.CPU && PyTorch.hasOneDnn();
  }

  @Override
  public Engine open(Engine.Processor processor, int threads) {
    return new PyTorchEngine(processor, threads, PyTorchEngine.Kind.FUSED);
  }
}
