package io.offloadlab.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What PyTorch's wrappers put before the names of a network's weights when it is saved in them. */
final class WrapperPrefix {
  /** DataParallel; torch.compile; Lightning and other trainers; checkpoints saved as a whole. */
  private static final List<String> KNOWN =
      List.of("module.", "_orig_mod.", "model.", "net.", "network.", "state_dict.");

  private WrapperPrefix() {}

  /**
   * Takes wrappers off, one after the other, as long as one is before every floating-point tensor
   * and no two tensors get one name by it. What is not clear stays as it is.
   */
  static Map<String, StoredTensor> without(Map<String, StoredTensor> tensors) {
    Map<String, StoredTensor> names = new LinkedHashMap<>(tensors);
    for (Optional<String> wrapper = around(names); wrapper.isPresent(); wrapper = around(names)) {
      Map<String, StoredTensor> bare = new LinkedHashMap<>();
      for (StoredTensor t : names.values()) {
        String name = bare(t.name(), wrapper.get());
        bare.put(name, t.named(name));
      }
      if (bare.size() < names.size()) {
        return names;
      }
      names = bare;
    }
    return names;
  }

  private static Optional<String> around(Map<String, StoredTensor> tensors) {
    List<String> weights =
        tensors.values().stream()
            .filter(t -> t.dtype().isFloating())
            .map(StoredTensor::name)
            .toList();
    return KNOWN.stream()
        .filter(
            p ->
                !weights.isEmpty()
                    && weights.stream().allMatch(n -> n.startsWith(p) && n.length() > p.length()))
        .findFirst();
  }

  private static String bare(String name, String wrapper) {
    return name.startsWith(wrapper) && name.length() > wrapper.length()
        ? name.substring(wrapper.length())
        : name;
  }
}
