package io.offloadlab.legodnn.plan;

/** A variant and a node per piece of a chain. */
@SuppressWarnings("ArrayRecordComponent")
record Path(int[] variants, int[] nodes) {
  long objective(Chain chain) {
    long sum = 0;
    int at = chain.source();
    for (int b = 0; b < nodes.length; b++) {
      sum += chain.hop()[b][at][nodes[b]] + chain.objective()[b][nodes[b]][variants[b]];
      at = nodes[b];
    }
    return sum + chain.hop()[nodes.length][at][chain.source()];
  }

  /** Use of each resource. */
  long[] use(Chain chain) {
    long[] use = new long[chain.resources().length];
    for (int r = 0; r < use.length; r++) {
      Chain.Resource resource = chain.resources()[r];
      int at = chain.source();
      for (int b = 0; b < nodes.length; b++) {
        use[r] += resource.hop(b, at, nodes[b]) + resource.use(b, nodes[b], variants[b]);
        at = nodes[b];
      }
      use[r] += resource.hop(nodes.length, at, chain.source());
    }
    return use;
  }

  /** Whether these are variants of the chain and stay within its budgets. */
  boolean fits(Chain chain) {
    for (int b = 0; b < variants.length; b++) {
      if (variants[b] >= chain.variants(b)) {
        return false;
      }
    }
    long[] use = use(chain);
    for (int r = 0; r < use.length; r++) {
      if (use[r] > chain.resources()[r].budget()) {
        return false;
      }
    }
    return true;
  }
}
