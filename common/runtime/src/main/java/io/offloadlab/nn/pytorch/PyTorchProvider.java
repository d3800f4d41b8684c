package io.offloadlab.nn.pytorch;

import io.offloadlab.nn.Engine;
import io.offloadlab.nn.EngineProvider;
import java.util.Set;

/** PyTorch layer by layer, under the name {@code pytorch}: on any processor that PyTorch knows. */
public final class PyTorchProvider implements EngineProvider {
  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public boolean runsOn(Engine.Processor processor) {
    return true;
  }

  @Override
  public Set<String> neverFasterThan() {
    return Set.of(OneDnnProvider.NAME);
  }

  @Override
  public Engine open(Engine.Processor processor, int threads) {
    return new PyTorchEngine(processor, threads, PyTorchEngine.Kind.LAYERS);
  }
}
