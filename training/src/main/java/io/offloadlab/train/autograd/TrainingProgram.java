package io.offloadlab.train.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.offloadlab.nn.pytorch.ScriptArchive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link TrainingScript} and the tensors it computes with. */
final class TrainingProgram {
  /** DJL's name for arrays that make one argument together. */
  private static final String LIST = "w[]";

  private final PtSymbolBlock module;
  private final List<NDArray> tensors;
  private final List<String> results;

  /**
   * @param tensors by name, of which the script's are used; they stay the caller's
   * @param owner closes the program
   */
  TrainingProgram(TrainingScript script, Map<String, NDArray> tensors, NDManager owner) {
    this.module = ScriptArchive.load(script.source(), owner);
    this.tensors = script.tensors().stream().map(tensors::get).toList();
    this.results = script.results();
    this.tensors.forEach(t -> t.setName(LIST));
  }

  /**
   * The values of the script's vertices, under the input's manager.
   *
   * <p>The script runs as it is written: PyTorch's optimiser of scripts would watch the first runs
   * and compile the later ones differently, so that a resumed training would not repeat them. Which
   * thread records gradients is as everywhere, see {@link GradientRecording}.
   */
  Map<String, NDArray> run(NDArray input) {
    NDList arguments = new NDList(input);
    arguments.addAll(tensors);
    Map<String, NDArray> values = new HashMap<>();
    JniUtils.setGraphExecutorOptimize(false);
    try {
      NDList outputs = IValueUtils.forward(module, arguments, true);
      for (int i = 0; i < results.size(); i++) {
        values.put(results.get(i), outputs.get(i));
      }
    } finally {
      JniUtils.setGraphExecutorOptimize(true);
    }
    return values;
  }
}
