package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.wire.Message.Assembly;
import io.offloadlab.wire.Message.Placement;
import io.offloadlab.wire.Message.Step;
import io.offloadlab.wire.Message.Timing;
import java.util.List;

/** One message of every kind. */
final class SampleMessages {
  static final String HASH = "0123456789abcdef".repeat(4);

  private SampleMessages() {}

  static List<Component> components() {
    return ResNets.resnet18(10, 16, Shape.of(3, 32, 32))
        .components(new WeightRef("blocks.safetensors", "layer1.", "block-0/"));
  }

  /** New messages, whose payloads the caller owns. */
  static List<Message> all(ByteBufAllocator memory) {
    return List.of(
        new Message.Reject("no place left"),
        new Message.Hello("garage-pi", 4, 8L << 30, 12.5e9),
        new Message.Welcome(
            2, 0.25, new LinkSpec(130e3, Double.POSITIVE_INFINITY, 0.05), 1000, 10_000, 64 << 20),
        new Message.Relink(new LinkSpec(1e6, 2e6, 0.01)),
        new Message.Goodbye(),
        new Message.Heartbeat(-5),
        new Message.HeartbeatReply(1, 2, 3),
        new Message.Failure(7, "edge-1 does not hold 'block-3'"),
        new Message.Offer(8, List.of(HASH, "f".repeat(64))),
        new Message.Missing(8, List.of()),
        new Message.Weights(HASH, bytes(memory, 100)),
        new Message.Hold(
            9,
            components().stream().map(c -> new Placement(c, HASH)).toList(),
            List.of(
                Assembly.of(List.of("root", "head")),
                new Assembly(List.of("root"), "onnxruntime", 2)),
            128),
        new Message.Held(9, List.of(new Assembly(List.of("root", "head"), "onednn", 1))),
        new Message.Measure(
            10, List.of(List.of("root", "block-3@0.4"), List.of("head")), 128, 9, 2.5, 2),
        new Message.Measured(
            10, List.of(new Timing(0.25, "onednn", 1), new Timing(1e-6, "pytorch", 2))),
        new Message.Probe(11, 4096, bytes(memory, 0)),
        new Message.Probed(11, bytes(memory, 4096)),
        new Message.Run(
            12,
            true,
            false,
            true,
            true,
            false,
            List.of(new Step("root", 0), new Step("block-0", 3)),
            new TensorPayload(2, Shape.of(3, 4, 5), bytes(memory, 2 * 3 * 4 * 5 * 4))),
        new Message.Next(12, true, false, true, List.of(new Step("exit-3", 0, true))),
        new Message.Reached(12, List.of(0.0, 2.25)),
        new Message.Ran(
            12,
            true,
            new Segment(
                100, 250, List.of(new Segment.Stretch(2, 7L), new Segment.Stretch(1, 8L)), 9),
            new TensorPayload(2, Shape.of(10), bytes(memory, 80))));
  }

  private static ByteBuf bytes(ByteBufAllocator memory, int count) {
    ByteBuf bytes = memory.directBuffer(Math.max(1, count));
    for (int i = 0; i < count; i++) {
      bytes.writeByte(i * 31);
    }
    return bytes;
  }
}
