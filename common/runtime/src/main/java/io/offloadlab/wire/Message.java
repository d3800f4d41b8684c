package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.LinkSpec;
import java.util.List;

/**
 * Everything that a cloud and an edge say to each other. A request carries an id, and its answer
 * (or {@link Failure}) the same one.
 *
 * <p>A message with a payload owns it, and is counted as it: whoever takes the message releases it
 * or hands it on; writing it to a channel hands it on, whether that works or not.
 */
public sealed interface Message extends ReferenceCounted {
  /** The payload; empty for most messages. */
  default ByteBuf payload() {
    return Unpooled.EMPTY_BUFFER;
  }

  /**
   * Whether the frame is traffic of the emulated link: what a task or a measurement of the link
   * sends. The laboratory's own traffic (handshake, heartbeats, weights, images put on an edge
   * before their task arrives there, reports of what happened) goes beside it at full speed.
   */
  default boolean crossesLink() {
    return false;
  }

  @Override
  default int refCnt() {
    return payload().refCnt();
  }

  @Override
  default Message retain() {
    return retain(1);
  }

  @Override
  default Message retain(int increment) {
    payload().retain(increment);
    return this;
  }

  @Override
  default Message touch() {
    return touch(null);
  }

  @Override
  default Message touch(Object hint) {
    payload().touch(hint);
    return this;
  }

  @Override
  default boolean release() {
    return release(1);
  }

  @Override
  default boolean release(int decrement) {
    return payload().release(decrement);
  }

  /** A message that asks for an answer, or is one. */
  sealed interface WithId extends Message {
    /** Unique among the requests on a connection. */
    long id();
  }

  /**
   * Edge to cloud, the first frame of a connection.
   *
   * @param name the edge's own name; {@code edge-2} asks to be edge 2
   * @param cores processors it computes with
   * @param memoryBytes physical memory
   * @param flopsPerSecond speed of a matrix product, measured at start
   */
  record Hello(String name, int cores, long memoryBytes, double flopsPerSecond)
      implements Message {}

  /**
   * Cloud to edge: accepted.
   *
   * @param index the edge's number, from 1
   * @param speedFactor emulate this fraction of the machine's speed
   * @param link emulate this link's uplink when sending
   * @param heartbeatMillis how often the cloud sends a heartbeat
   * @param silenceMillis after how long without a byte a peer is gone
   * @param maxPayloadBytes largest payload of a frame, in both directions
   */
  record Welcome(
      int index,
      double speedFactor,
      LinkSpec link,
      int heartbeatMillis,
      int silenceMillis,
      int maxPayloadBytes)
      implements Message {}

  /**
   * Cloud to edge: the link changes.
   *
   * @param link emulate this link's uplink when sending from now on
   */
  record Relink(LinkSpec link) implements Message {}

  /** Refused, for a reason; the connection closes. Every version of the protocol reads this. */
  record Reject(String reason) implements Message {}

  /** The run is over; the edge ends. */
  record Goodbye() implements Message {}

  /** Are you there, and what does your clock say? */
  record Heartbeat(long sentNanos) implements Message {}

  /**
   * Answer to a heartbeat, from which the cloud learns the difference between the clocks.
   *
   * @param sentNanos as in the heartbeat, of the cloud's clock
   * @param receivedNanos when it came, on the edge's clock
   * @param repliedNanos when this left, on the edge's clock
   */
  record HeartbeatReply(long sentNanos, long receivedNanos, long repliedNanos) implements Message {}

  /** Which of these weights do you lack? Weights go by SHA-256, in hexadecimal. */
  record Offer(long id, List<String> sha256) implements WithId {}

  /** Answer to {@link Offer}: the ones to send. */
  record Missing(long id, List<String> sha256) implements WithId {}

  /**
   * The weights of one component.
   *
   * @param sha256 of the payload
   * @param payload a safetensors file
   */
  record Weights(String sha256, ByteBuf payload) implements Message {}

  /**
   * Hold exactly these components from now on.
   *
   * @param placements components with the hash of their weights
   * @param assemblies what of them is to be ready to run as one program, or in a way that is told
   * @param batch samples that the node finds the fastest way for, where none is told; 0 where it
   *     takes the way that most of its other programs go
   */
  record Hold(long id, List<Placement> placements, List<Assembly> assemblies, int batch)
      implements WithId {}

  /**
   * Components that run as one program.
   *
   * @param components names in order, at least one
   * @param engine the engine to run it on, or {@link #ANY_ENGINE}
   * @param threads cores that it uses there
   */
  record Assembly(List<String> components, String engine, int threads) {
    /** The node decides. */
    public static final String ANY_ENGINE = "";

    /** Runs as the node finds it fastest. */
    public static Assembly of(List<String> components) {
      return new Assembly(components, ANY_ENGINE, 1);
    }

    /** Whether the node decides. */
    public boolean isFree() {
      return engine.equals(ANY_ENGINE);
    }
  }

  /**
   * A component and which weights it takes.
   *
   * @param sha256 of its weights, in hexadecimal
   */
  record Placement(Component component, String sha256) {}

  /**
   * Answer to {@link Hold}: done.
   *
   * @param assemblies how the programs run, in the order of the request; free where that was not
   *     measured
   */
  record Held(long id, List<Assembly> assemblies) implements WithId {}

  /**
   * Measure programs that you hold.
   *
   * @param programs names of the components of each, in order
   * @param batch samples
   * @param rounds most timed runs of each; the programs take turns
   * @param seconds after which there are no more runs than needed
   * @param cores that each may use; 0 for all of the node's
   */
  record Measure(
      long id, List<List<String>> programs, int batch, int rounds, double seconds, int cores)
      implements WithId {}

  /**
   * Answer to {@link Measure}.
   *
   * @param times in the order of the request
   */
  record Measured(long id, List<Timing> times) implements WithId {}

  /**
   * What was measured of a program.
   *
   * @param seconds median, emulated slowness included
   * @param engine that ran it
   * @param threads cores that it used there
   */
  record Timing(double seconds, String engine, int threads) {}

  /**
   * Answer at once with so many bytes: measures round trip and bandwidth.
   *
   * @param replyBytes payload wanted in the answer
   * @param payload any bytes
   */
  record Probe(long id, int replyBytes, ByteBuf payload) implements WithId {
    @Override
    public boolean crossesLink() {
      return true;
    }
  }

  /** Answer to {@link Probe}. */
  record Probed(long id, ByteBuf payload) implements WithId {
    @Override
    public boolean crossesLink() {
      return true;
    }
  }

  /**
   * Run these components on this tensor, first come, first served.
   *
   * @param arises whether the task arises at this edge: its clock begins when this is received
   * @param stays whether the result stays at this edge: its clock ends when it is there; for an
   *     open run the last {@link Next} says so
   * @param ends whether the task's last component is among these: then a last side branch gives the
   *     prediction, else the tensor beside it goes on; for an open run the last {@link Next} says
   *     so
   * @param open whether more steps may follow in {@link Next}: the task keeps the processor until
   *     the last of them
   * @param reports whether the edge sends {@link Reached} each time it has run out of steps; after
   *     a side branch it does in any case
   * @param steps components in order; none where the tensor only passes through
   */
  record Run(
      long id,
      boolean arises,
      boolean stays,
      boolean ends,
      boolean open,
      boolean reports,
      List<Step> steps,
      TensorPayload tensor)
      implements WithId {
    @Override
    public ByteBuf payload() {
      return tensor.data();
    }

    @Override
    public boolean crossesLink() {
      return !arises;
    }
  }

  /**
   * One component of a {@link Run}.
   *
   * @param component name
   * @param cores processors it may use, 0 for all
   * @param sideBranch whether it judges the tensor and leaves it as it is: an exit. Its result is
   *     what the run gives only if the task ends with it
   */
  record Step(String component, int cores, boolean sideBranch) {
    /** A step along the chain. */
    public Step(String component, int cores) {
      this(component, cores, false);
    }
  }

  /**
   * More steps for an open {@link Run} that goes on. One that is over is not known any more and the
   * message has no effect.
   *
   * @param id of the run
   * @param last whether the run ends with these steps
   * @param stays as in {@link Run}; counts in the last one
   * @param ends as in {@link Run}; counts in the last one
   * @param steps components in order; may be empty in the last one
   */
  record Next(long id, boolean last, boolean stays, boolean ends, List<Step> steps)
      implements Message {
    @Override
    public boolean crossesLink() {
      return true;
    }
  }

  /**
   * Edge to cloud: an open {@link Run} holds the processor and has run out of steps.
   *
   * @param id of the run
   * @param entropies of the class probabilities per sample, in nats, when the last step was a side
   *     branch; else empty
   */
  record Reached(long id, List<Double> entropies) implements Message {
    @Override
    public boolean crossesLink() {
      return true;
    }
  }

  /**
   * Answer to {@link Run}.
   *
   * @param stays as in the request
   * @param segment what happened when, on the edge's clock
   * @param tensor what came out
   */
  record Ran(long id, boolean stays, Segment segment, TensorPayload tensor) implements WithId {
    @Override
    public ByteBuf payload() {
      return tensor.data();
    }

    @Override
    public boolean crossesLink() {
      return !stays;
    }
  }

  /** Answer to any request that could not be met, with one line that says why. */
  record Failure(long id, String message) implements WithId {}
}
