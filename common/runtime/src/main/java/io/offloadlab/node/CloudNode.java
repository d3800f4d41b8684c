package io.offloadlab.node;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.profile.LiveView;
import io.offloadlab.profile.ProfiledNode;
import io.offloadlab.profile.ProfilingProgress;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.wire.Frames;
import io.offloadlab.wire.LinkEmulator;
import io.offloadlab.wire.Message;
import io.offloadlab.wire.TensorPayload;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The cloud: edges connect to it, tasks are executed through it. It computes itself, too. Safe for
 * use by many threads.
 */
public final class CloudNode implements AutoCloseable {
  private final CloudSettings settings;
  private final ComponentHost host;
  private final MeasuredMachine machine;
  private final EdgeRegistry registry;
  private final Deployer deployer;
  private final Set<Walk> walking = ConcurrentHashMap.newKeySet();
  private final Pings pings = new Pings();
  private final LinkClock links;

  /** Of the latest route of each source: most tasks of a stream go the same way. */
  private final Map<NodeId, Way> ways = new ConcurrentHashMap<>();

  private EventLoopGroup group;
  private Channel server;
  private volatile RunFailure over;
  private volatile LiveView live;

  private record Way(Route route, Itinerary course) {}

  private CloudNode(CloudSettings settings) {
    this.settings = settings;
    this.host =
        new ComponentHost(
            NodeId.CLOUD.toString(), settings.engine(), settings.device(), settings.threads());
    this.machine = MeasuredMachine.measure(host.engine());
    this.registry = new EdgeRegistry(settings.scenario().edges(), this::end);
    this.deployer = new Deployer(settings.modelDirectory(), host, registry::edge);
    this.links = new LinkClock(settings.scenario(), this::relink);
    host.computeThread().emulate(settings.scenario().nodes().get(0).speedFactor());
  }

  /**
   * Starts listening for edges.
   *
   * @throws RunFailure if the port is taken or the address is not this machine's
   */
  public static CloudNode start(CloudSettings settings) {
    CloudNode node = new CloudNode(settings);
    try {
      node.listen();
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private void listen() {
    group = Sockets.eventLoops("cloud");
    server = Sockets.listen(group, settings.host(), settings.port(), this::accept);
  }

  private void accept(SocketChannel channel) {
    long silence = settings.timing().silence().toNanos();
    channel.pipeline().addLast(new IdleStateHandler(silence, 0, 0, TimeUnit.NANOSECONDS));
    LinkEmulator emulator = Frames.install(channel.pipeline());
    channel.pipeline().addLast(new CloudHandler(settings, registry, emulator, this::ping));
  }

  /** The port that edges connect to. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /**
   * Waits for every edge of the scenario.
   *
   * @throws RunFailure naming how many are missing, when the time is over
   */
  public void awaitEdges(Duration patience) {
    registry.await(patience, port());
    live = new LiveView(FirstView.of(settings.scenario(), machine, registry.edges()));
  }

  /**
   * Measures components on every node, and every link; nodes hold these components meanwhile and
   * afterwards what they held before. A refreshed view follows from it.
   *
   * @param components what a route may contain
   * @param chains of them, from which follows what components save that run together; may be empty
   * @param batch images per task
   * @throws RunFailure if a node fails or is gone, or two components that differ have one name
   */
  public SystemView measure(
      List<Component> components,
      List<List<Component>> chains,
      int batch,
      ProfilingProgress progress) {
    Map<NodeId, Holding> before = deployer.held();
    SystemMeasurement measurement = SystemMeasurement.of(components, chains, batch);
    Failures.join(deployer.add(measurement.holdings(view().nodeIds()), 0));
    SystemView measured = measurement.of(profiledNodes(), Profiled.links(remoteEdges()), progress);
    Failures.join(deployer.set(before));
    live.measured(measured);
    return measured;
  }

  /** The cloud and the edges, as they can be measured. */
  List<ProfiledNode> profiledNodes() {
    return Profiled.nodes(host, machine, remoteEdges());
  }

  List<RemoteEdge> remoteEdges() {
    return registry.edges();
  }

  /**
   * The newest view: as measured and moved by what tasks experienced; or as given to {@link #use}.
   * Before either, what nodes said of themselves and the links' settings.
   *
   * @throws IllegalStateException before {@link #awaitEdges}
   */
  public SystemView view() {
    LiveView now = live;
    if (now == null) {
      throw new IllegalStateException("there is no view before every edge is connected");
    }
    return now.snapshot(n -> n.isCloud() || registry.edge(n).gone() == null);
  }

  /** What tasks experienced until now does not count for {@link #experienced}. */
  public void forgetExperience() {
    live.forgetExperience();
  }

  /**
   * The view that was measured, or given to {@link #use}, with the mean times that tasks
   * experienced since.
   */
  public SystemView experienced() {
    return live.experienced();
  }

  /**
   * Uses a view from now on that nothing moves, so that the same decisions are made again; programs
   * run on the engines that it names.
   *
   * @throws RunFailure if it has another number of edges
   */
  public void use(SystemView view) {
    if (view.links().size() != settings.scenario().edges()) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "the system view has %d edge(s) but the scenario %d: measure a new one",
              view.links().size(),
              settings.scenario().edges()));
    }
    deployer.follow(view);
    live.freeze(view);
  }

  /** A view of these nodes that also says how they were found to run programs since. */
  public SystemView withWays(SystemView view) {
    List<SystemView.NodeView> nodes = new ArrayList<>();
    for (NodeId id : view.nodeIds()) {
      SystemView.NodeView node = view.node(id);
      nodes.add(node.with(node.inference().and(deployer.ways(id))));
    }
    return new SystemView(view.batch(), nodes, view.links());
  }

  /**
   * Holds exactly these components from now on; a node that is not named holds none. Tasks that are
   * under way must not need the others any more.
   *
   * @return fails with {@link RunFailure} if weights are missing or a node is gone
   */
  public CompletableFuture<Void> hold(Map<NodeId, ? extends Collection<Component>> components) {
    Map<NodeId, Holding> wanted = new HashMap<>();
    try {
      components.forEach((node, cs) -> wanted.put(node, Deployer.holding(node, cs)));
    } catch (RunFailure e) {
      return CompletableFuture.failedFuture(e);
    }
    return deployer.set(wanted);
  }

  /**
   * Adds a route's components to what its nodes hold, and finds the fastest way for them to run it
   * with batches of the view's size: for when no task is under way.
   */
  public CompletableFuture<Void> deploy(Route route) {
    return deployer.add(route, view().batch());
  }

  /**
   * Adds a route's components to what its nodes hold, as {@link #execute} does if it must, without
   * measuring: tasks are under way.
   */
  public CompletableFuture<Void> deployMeanwhile(Route route) {
    return deployer.add(route, 0);
  }

  /**
   * Executes a task along a route. It arrives at its source now; if components must be deployed
   * first, when that is done.
   *
   * @param images direct buffer of little-endian float32 (batch, channels, height, width) from
   *     position to limit; not copied, so it must not change before the result is complete
   * @return fails with {@link RunFailure} if a node fails or is gone. Completed by a thread of this
   *     node: what depends on it must be short, or run elsewhere
   * @throws IllegalArgumentException if the images are not as many as task and route say
   */
  public CompletableFuture<Execution> execute(Task task, Route route, ByteBuffer images) {
    if (live == null) {
      throw new IllegalStateException("tasks are executed when every edge is connected");
    }
    // Before the walk: images that are refused must leave none behind.
    TensorPayload input = input(task, route.input(), images);
    Walk walk = walk(course(route, task.source()), task, Guidance.NONE);
    if (over != null || deployer.holds(route)) {
      walk.begin(input);
    } else {
      var unused =
          deployMeanwhile(route)
              .whenComplete(
                  (done, failure) -> {
                    if (failure == null) {
                      walk.begin(input);
                    } else {
                      input.release();
                      walk.fail(Failures.cause(failure));
                    }
                  });
    }
    return walk.result();
  }

  /**
   * Tasks that are executed as a strategy decides while they run; to be closed when its stream is
   * over.
   *
   * @throws IllegalStateException before {@link #awaitEdges}
   */
  public Guide guide(AdaptiveStrategy strategy) {
    view();
    return new Guide(this, strategy);
  }

  @SuppressWarnings("ReferenceEquality") // To compare routes takes longer than to go through one.
  private Itinerary course(Route route, NodeId source) {
    Way way = ways.get(source);
    if (way == null || way.route != route) {
      way = new Way(route, Itinerary.of(route, source));
      ways.put(source, way);
    }
    return way.course;
  }

  /** A walk that has not begun. */
  Walk walk(Itinerary course, Task task, Guidance guidance) {
    Walk walk = new Walk(course, task.batch(), host, registry::edge, guidance, this::observe);
    walking.add(walk);
    var unused = walk.result().whenComplete((done, failure) -> walking.remove(walk));
    if (over != null) {
      walk.fail(over);
    }
    return walk;
  }

  /**
   * A task arrives at its source now, with its images as {@link #execute} takes them.
   *
   * @param shape of one image
   */
  void begin(Walk walk, Task task, Shape shape, ByteBuffer images) {
    walk.begin(input(task, shape, images));
  }

  private static TensorPayload input(Task task, Shape shape, ByteBuffer images) {
    if (!images.isDirect()) {
      throw new IllegalArgumentException("images must be in direct memory");
    }
    return new TensorPayload(task.batch(), shape, Unpooled.wrappedBuffer(images.duplicate()));
  }

  /** Seconds of compute that wait or run at the cloud, of tasks that are guided. */
  double backlogSeconds() {
    return host.computeThread().backlogSeconds();
  }

  /** Nanoseconds that a node's clock is ahead of this one's. */
  long clockOffsetNanos(NodeId node) {
    return node.isCloud() ? 0 : registry.edge(node).clock().nanos();
  }

  /**
   * The time of a stream goes on, and links change from now on as the scenario says for it.
   *
   * @param seconds since the start of the stream
   */
  public void linksGoOn(double seconds) {
    links.goOn(seconds);
  }

  /** The time of the stream stands still, and links stay as they are. */
  public void linksStop() {
    links.stop();
  }

  private void relink(NodeId id, LinkSpec link) {
    RemoteEdge edge = registry.edge(id);
    // In the order of what is sent: the edge hears of it before the next task.
    edge.channel()
        .eventLoop()
        .execute(
            () -> {
              LinkEmulator here = edge.channel().pipeline().get(LinkEmulator.class);
              if (here != null) {
                here.emulate(link.downBytesPerSecond(), link.rttSeconds() / 2);
              }
            });
    edge.tell(new Message.Relink(link));
    live.emulated(id, settings.scenario().links().get(id.index() - 1), link);
  }

  private void observe(Walk walk, Execution execution) {
    Experience.of(walk, execution, live);
  }

  private void ping(RemoteEdge edge) {
    LiveView now = live;
    if (now != null) {
      // One that fails says nothing of the link; that the edge is gone shows elsewhere.
      var unused = pings.ping(edge).thenAccept(rtt -> now.pinged(edge.id(), rtt));
    }
  }

  private void end(RunFailure why) {
    if (over == null) {
      over = why;
    }
    walking.forEach(w -> w.fail(why));
  }

  /** Says goodbye to the edges, which end, and fails what is still under way. */
  @Override
  public void close() {
    links.close();
    end(new RunFailure("the cloud node is closed"));
    for (RemoteEdge edge : registry.edges()) {
      edge.goodbye();
    }
    // Computing ends while there is still an event loop that can give its tensors back.
    host.drain();
    if (group != null) {
      Sockets.close(group);
    }
    host.close();
  }
}
