package io.offloadlab.ddpg.environment;

import io.offloadlab.branchynet.BranchyNet;
import java.util.ArrayList;
import java.util.List;

/**
 * One exit per device.
 *
 * @param exits the first device's first
 */
public record ExitTuple(List<String> exits) {
  /** Copies the list. */
  public ExitTuple {
    exits = List.copyOf(exits);
  }

  /** Every tuple for a number of devices: exits to the power of devices. */
  public static List<ExitTuple> all(int devices) {
    List<ExitTuple> tuples = new ArrayList<>(List.of(new ExitTuple(List.of())));
    for (int d = 0; d < devices; d++) {
      List<ExitTuple> longer = new ArrayList<>();
      for (ExitTuple t : tuples) {
        for (String exit : BranchyNet.EXITS) {
          List<String> exits = new ArrayList<>(t.exits());
          exits.add(exit);
          longer.add(new ExitTuple(exits));
        }
      }
      tuples = longer;
    }
    return List.copyOf(tuples);
  }

  /** {@code exit-3_exit-7}: fit for a file name. */
  @Override
  public String toString() {
    return String.join("_", exits);
  }
}
