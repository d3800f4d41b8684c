package io.offloadlab.nn.pytorch;

import io.offloadlab.nn.Engine;
import io.offloadlab.nn.EngineProvider;

/**
 * oneDNN's fused operations in bfloat16, under the name {@code onednn-bfloat16}: another result
 * than every other engine's, so it runs only where it is asked for.
 */
public final class Bfloat16Provider implements EngineProvider {
  @Override
  public String name() {
    return "onednn-bfloat16";
  }

  @Override
  public boolean runsOn(Engine.Processor processor) {
    return processor == Engine.Processor.CPU && Bfloat16.isMultipliedHere() && PyTorch.hasOneDnn();
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public Engine open(Engine.Processor processor, int threads) {
    return new PyTorchEngine(processor, threads, PyTorchEngine.Kind.FUSED_BFLOAT16);
  }
}
