package io.offloadlab.weights;

import java.util.Map;
import java.util.OptionalInt;

/**
 * Element types of safetensors that nothing here reads: their tensors are checked for their place
 * in the file and passed over.
 */
final class ForeignDtypes {
  /** Bits of one element, as in the format's reference implementation (safetensors 0.6). */
  private static final Map<String, Integer> BITS =
      Map.ofEntries(
          Map.entry("F4", 4),
          Map.entry("F6_E2M3", 6),
          Map.entry("F6_E3M2", 6),
          Map.entry("BOOL", 8),
          Map.entry("I8", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("F8_E5M2", 8),
          Map.entry("F8_E8M0", 8),
          Map.entry("F8_E4M3FNUZ", 8),
          Map.entry("F8_E5M2FNUZ", 8),
          Map.entry("I16", 16),
          Map.entry("U16", 16),
          Map.entry("I32", 32),
          Map.entry("U32", 32),
          Map.entry("U64", 64),
          Map.entry("C64", 64));

  private ForeignDtypes() {}

  /** Bits of one element; empty for a type that is not known either. */
  static OptionalInt bits(String name) {
    Integer bits = BITS.get(name);
    return bits == null ? OptionalInt.empty() : OptionalInt.of(bits);
  }
}
