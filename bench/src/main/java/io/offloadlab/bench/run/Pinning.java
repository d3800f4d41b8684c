package io.offloadlab.bench.run;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which cores the nodes of a run have, where the cloud is this process and every edge one of its
 * own. Processes are held to cores by Linux's {@code taskset}, and this one until it is closed.
 *
 * @param cores all that there are
 * @param ofNodes those of each node, the cloud first; empty if all nodes have all cores
 */
public record Pinning(List<Integer> cores, List<List<Integer>> ofNodes) implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  /** Copies the lists. */
  public Pinning {
    cores = List.copyOf(cores);
    ofNodes = List.copyOf(ofNodes);
  }

  /** Nodes that share whatever cores there are. */
  public static Pinning none() {
    int all = Runtime.getRuntime().availableProcessors();
    return new Pinning(IntStream.range(0, all).boxed().toList(), List.of());
  }

  /**
   * Gives every node cores of its own, where there are enough, and holds this process to the
   * cloud's from now on.
   *
   * @param edges number of edges
   * @throws UsageError if this system has no way to do that
   * @throws RunFailure if it refuses to
   */
  public static Pinning pin(int edges) {
    List<Integer> cores = parse(allowed());
    Pinning pinning = new Pinning(cores, shares(cores, edges + 1));
    pinning.hold(pinning.ofNodes.get(0));
    return pinning;
  }

  /**
   * Equal shares, the cloud's with what is left over. Where there are fewer cores than nodes the
   * cloud has the first one to itself and edges take turns at the others.
   */
  static List<List<Integer>> shares(List<Integer> cores, int nodes) {
    List<List<Integer>> shares = new ArrayList<>();
    int each = cores.size() / nodes;
    if (each > 0) {
      int first = cores.size() - each * (nodes - 1);
      shares.add(cores.subList(0, first));
      for (int i = 0; i < nodes - 1; i++) {
        shares.add(cores.subList(first + i * each, first + (i + 1) * each));
      }
      return shares;
    }
    int others = Math.max(1, cores.size() - 1);
    shares.add(cores.subList(0, 1));
    for (int i = 0; i < nodes - 1; i++) {
      int at = cores.size() - others + i % others;
      shares.add(cores.subList(at, at + 1));
    }
    return shares;
  }

  /** Numbers in a list such as {@code 0-3,8}. */
  static List<Integer> parse(String list) {
    List<Integer> cores = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      String[] ends = part.strip().split("-", 2);
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[ends.length - 1]);
      IntStream.rangeClosed(first, last).forEach(cores::add);
    }
    return cores;
  }

  private static String allowed() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(l -> l.startsWith(ALLOWED))
          .map(l -> l.substring(ALLOWED.length()).strip())
          .findFirst()
          .orElseThrow(() -> new IOException("it does not say which cores a process may use"));
    } catch (IOException e) {
      throw new UsageError(
          "--pin needs Linux, which says in %s which cores there are (%s): leave it out"
              .formatted(STATUS, Reasons.of(e)),
          e);
    }
  }

  private void hold(List<Integer> to) {
    List<String> command =
        List.of(
            "taskset", "-a", "-c", "-p", list(to), Long.toString(ProcessHandle.current().pid()));
    try {
      Process taskset = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (taskset.waitFor() != 0) {
        throw new RunFailure(
            "--pin: '%s' failed (%s): leave --pin out"
                .formatted(String.join(" ", command), said.lines().reduce((a, b) -> b).orElse("")));
      }
    } catch (IOException e) {
      throw new UsageError(
          "--pin needs taskset, of util-linux, which does not start (%s): install it, or leave --pin out"
              .formatted(Reasons.of(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted while pinning nodes to cores", e);
    }
  }

  /** What goes before the command that starts an edge, counted from 1. */
  List<String> before(int edge) {
    return ofNodes.isEmpty() ? List.of() : List.of("taskset", "-c", list(ofNodes.get(edge)));
  }

  private static String list(List<Integer> of) {
    return of.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String name(int node) {
    return node == 0 ? "cloud" : String.format(Locale.ROOT, "edge-%d", node);
  }

  /** Which node has which cores, for a run's description. */
  public String told() {
    if (ofNodes.isEmpty()) {
      return "all nodes share " + list(cores);
    }
    return IntStream.range(0, ofNodes.size())
        .mapToObj(i -> name(i) + " has " + list(ofNodes.get(i)))
        .collect(Collectors.joining("; ", "", "; pinned"));
  }

  /**
   * What a reader must know of nodes that share cores; empty where each has its own.
   *
   * @param edges number of edges
   * @param inFlight tasks under way at once, as far as that is bounded
   */
  public List<String> warnings(int edges, int inFlight) {
    List<String> sharers = sharers(edges);
    if (sharers.isEmpty()) {
      return List.of();
    }
    String shared =
        inFlight == 1
            ? "with one task under way only one node computes at a time, so that they share caches and memory, and what networking and garbage collection take"
            : "nodes that compute at the same moment slow each other down";
    String remedy =
        !ofNodes.isEmpty() || cores.size() <= edges ? "" : " (--pin gives every node its own)";
    return List.of("%s: %s%s".formatted(String.join(", ", sharers), shared, remedy));
  }

  private List<String> sharers(int edges) {
    if (ofNodes.isEmpty()) {
      return List.of(
          String.format(
              Locale.ROOT,
              "the cloud and %s share %s",
              edges == 1 ? "its edge" : edges + " edges",
              cores.size() == 1 ? "one core" : cores.size() + " cores"));
    }
    List<String> sharers = new ArrayList<>();
    for (List<Integer> own : ofNodes.stream().distinct().toList()) {
      List<String> here =
          IntStream.range(0, ofNodes.size())
              .filter(i -> ofNodes.get(i).equals(own))
              .mapToObj(Pinning::name)
              .toList();
      if (here.size() > 1) {
        sharers.add(
            String.format(Locale.ROOT, "%s share core %s", String.join(", ", here), list(own)));
      }
    }
    return sharers;
  }

  /** Gives this process all cores again. */
  @Override
  public void close() {
    if (!ofNodes.isEmpty()) {
      hold(cores);
    }
  }
}
