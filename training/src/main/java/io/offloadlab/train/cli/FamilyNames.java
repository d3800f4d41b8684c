package io.offloadlab.train.cli;

import io.offloadlab.graph.NetworkFamilies;
import java.util.Iterator;

/** The networks that can be named on the command line. */
final class FamilyNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return NetworkFamilies.names().iterator();
  }
}
