package io.offloadlab.nn.pytorch;

import io.offloadlab.nn.Engine;
import io.offloadlab.nn.EngineProvider;

/** PyTorch under the name {@code pytorch}. */
public final class PyTorchProvider implements EngineProvider {
  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public Engine open(Engine.Processor processor, int threads) {
    return new PyTorchEngine(processor, threads);
  }
}
