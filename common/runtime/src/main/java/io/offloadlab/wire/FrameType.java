package io.offloadlab.wire;

import static io.offloadlab.wire.FieldReader.MAX_BATCH;
import static io.offloadlab.wire.FieldReader.MAX_CORES;
import static io.offloadlab.wire.FieldReader.MAX_ITEMS;

import io.netty.buffer.ByteBuf;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.wire.Message.Assembly;
import io.offloadlab.wire.Message.Failure;
import io.offloadlab.wire.Message.Goodbye;
import io.offloadlab.wire.Message.Heartbeat;
import io.offloadlab.wire.Message.HeartbeatReply;
import io.offloadlab.wire.Message.Held;
import io.offloadlab.wire.Message.Hello;
import io.offloadlab.wire.Message.Hold;
import io.offloadlab.wire.Message.Measure;
import io.offloadlab.wire.Message.Measured;
import io.offloadlab.wire.Message.Missing;
import io.offloadlab.wire.Message.Next;
import io.offloadlab.wire.Message.Offer;
import io.offloadlab.wire.Message.Placement;
import io.offloadlab.wire.Message.Probe;
import io.offloadlab.wire.Message.Probed;
import io.offloadlab.wire.Message.Ran;
import io.offloadlab.wire.Message.Reached;
import io.offloadlab.wire.Message.Reject;
import io.offloadlab.wire.Message.Relink;
import io.offloadlab.wire.Message.Run;
import io.offloadlab.wire.Message.Step;
import io.offloadlab.wire.Message.Timing;
import io.offloadlab.wire.Message.Weights;
import io.offloadlab.wire.Message.Welcome;
import io.offloadlab.wire.Segment.Stretch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The type byte of a frame, and the fields of each type in their order. Numbers are never used
 * again for something else; {@link #REJECT} never changes.
 */
enum FrameType {
  REJECT(
      1,
      MessageFormat.plain(
          Reject.class, (m, f) -> f.reason(m.reason()), f -> new Reject(f.reason()))),
  HELLO(
      2,
      MessageFormat.plain(
          Hello.class,
          (m, f) ->
              f.text(m.name()).int32(m.cores()).int64(m.memoryBytes()).float64(m.flopsPerSecond()),
          f ->
              new Hello(f.name(), f.int32("number of cores", 1, 1 << 16), f.int64(), f.float64()))),
  WELCOME(3, MessageFormat.plain(Welcome.class, FrameType::writeWelcome, FrameType::readWelcome)),
  GOODBYE(4, MessageFormat.plain(Goodbye.class, (m, f) -> {}, f -> new Goodbye())),
  HEARTBEAT(
      5,
      MessageFormat.plain(
          Heartbeat.class, (m, f) -> f.int64(m.sentNanos()), f -> new Heartbeat(f.int64()))),
  HEARTBEAT_REPLY(
      6,
      MessageFormat.plain(
          HeartbeatReply.class,
          (m, f) -> f.int64(m.sentNanos()).int64(m.receivedNanos()).int64(m.repliedNanos()),
          f -> new HeartbeatReply(f.int64(), f.int64(), f.int64()))),
  FAILURE(
      7,
      MessageFormat.plain(
          Failure.class,
          (m, f) -> f.int64(m.id()).reason(m.message()),
          f -> new Failure(f.int64(), f.reason()))),
  OFFER(
      8,
      MessageFormat.plain(
          Offer.class,
          (m, f) -> f.int64(m.id()).list(m.sha256(), FieldWriter::sha256),
          f -> new Offer(f.int64(), f.list("hashes", FieldReader::sha256)))),
  MISSING(
      9,
      MessageFormat.plain(
          Missing.class,
          (m, f) -> f.int64(m.id()).list(m.sha256(), FieldWriter::sha256),
          f -> new Missing(f.int64(), f.list("hashes", FieldReader::sha256)))),
  WEIGHTS(
      10,
      MessageFormat.loaded(
          Weights.class,
          (m, f) -> f.sha256(m.sha256()),
          (f, payload) -> new Weights(f.sha256(), payload))),
  HOLD(11, MessageFormat.plain(Hold.class, FrameType::writeHold, FrameType::readHold)),
  HELD(
      12,
      MessageFormat.plain(
          Held.class,
          (m, f) -> writeAssemblies(m.assemblies(), f.int64(m.id())),
          f -> new Held(f.int64(), readAssemblies(f)))),
  MEASURE(13, MessageFormat.plain(Measure.class, FrameType::writeMeasure, FrameType::readMeasure)),
  MEASURED(
      14,
      MessageFormat.plain(
          Measured.class,
          (m, f) ->
              f.int64(m.id())
                  .list(
                      m.times(),
                      (w, t) -> w.float64(t.seconds()).text(t.engine()).int32(t.threads())),
          f ->
              new Measured(
                  f.int64(),
                  f.list(
                      "times",
                      r ->
                          new Timing(
                              r.float64(),
                              r.name(),
                              r.int32("number of threads", 1, MAX_CORES)))))),
  PROBE(
      15,
      MessageFormat.loaded(
          Probe.class,
          (m, f) -> f.int64(m.id()).int32(m.replyBytes()),
          (f, payload) ->
              new Probe(f.int64(), f.int32("bytes to reply", 0, Integer.MAX_VALUE), payload))),
  PROBED(
      16,
      MessageFormat.loaded(
          Probed.class, (m, f) -> f.int64(m.id()), (f, payload) -> new Probed(f.int64(), payload))),
  RUN(17, MessageFormat.loaded(Run.class, FrameType::writeRun, FrameType::readRun)),
  RAN(18, MessageFormat.loaded(Ran.class, FrameType::writeRan, FrameType::readRan)),
  NEXT(19, MessageFormat.plain(Next.class, FrameType::writeNext, FrameType::readNext)),
  REACHED(
      20,
      MessageFormat.plain(
          Reached.class,
          (m, f) -> f.int64(m.id()).list(m.entropies(), FieldWriter::float64),
          f -> new Reached(f.int64(), f.list("entropies", FieldReader::float64)))),
  RELINK(
      21,
      MessageFormat.plain(
          Relink.class, (m, f) -> writeLink(m.link(), f), f -> new Relink(readLink(f))));

  private static final FrameType[] BY_CODE = new FrameType[32];
  private static final Map<Class<?>, FrameType> BY_MESSAGE = new HashMap<>();

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
      BY_MESSAGE.put(type.format.message(), type);
    }
  }

  private final byte code;

  @SuppressWarnings("ImmutableEnumChecker") // The functions in it hold nothing.
  private final MessageFormat<?> format;

  FrameType(int code, MessageFormat<?> format) {
    this.code = (byte) code;
    this.format = format;
  }

  byte code() {
    return code;
  }

  /** Whether frames of this type have a payload. */
  boolean hasPayload() {
    return format.hasPayload();
  }

  /** The type of that number, or null. */
  static FrameType of(byte code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  static FrameType of(Message message) {
    return BY_MESSAGE.get(message.getClass());
  }

  void write(Message message, FieldWriter fields) {
    format.write(message, fields);
  }

  /** Takes the payload over, unless it throws. */
  Message read(FieldReader fields, ByteBuf payload) {
    return format.reader().apply(fields, payload);
  }

  private static void writeWelcome(Welcome m, FieldWriter f) {
    f.int32(m.index()).float64(m.speedFactor());
    writeLink(m.link(), f);
    f.int32(m.heartbeatMillis()).int32(m.silenceMillis()).int32(m.maxPayloadBytes());
  }

  private static Welcome readWelcome(FieldReader f) {
    int index = f.int32("an edge's number", 1, MAX_ITEMS);
    double speed = f.float64();
    if (!(speed > 0 && speed <= 1)) {
      throw new WireException("a speed factor is in (0, 1], not " + speed);
    }
    return new Welcome(
        index,
        speed,
        readLink(f),
        f.int32("heartbeat period", 1, Integer.MAX_VALUE),
        f.int32("longest silence", 1, Integer.MAX_VALUE),
        f.int32("largest payload", 1, Integer.MAX_VALUE));
  }

  private static void writeLink(LinkSpec link, FieldWriter f) {
    f.float64(link.upBytesPerSecond()).float64(link.downBytesPerSecond());
    f.float64(link.rttSeconds());
  }

  private static LinkSpec readLink(FieldReader f) {
    try {
      return new LinkSpec(f.float64(), f.float64(), f.float64());
    } catch (IllegalArgumentException e) {
      throw new WireException(e.getMessage());
    }
  }

  private static void writeHold(Hold m, FieldWriter f) {
    f.int64(m.id())
        .list(
            m.placements(),
            (w, p) -> w.sha256(p.sha256()).bytes(ComponentJson.write(p.component())));
    writeAssemblies(m.assemblies(), f);
    f.int32(m.batch());
  }

  private static void writeAssemblies(List<Assembly> assemblies, FieldWriter f) {
    f.list(
        assemblies,
        (w, a) -> w.list(a.components(), FieldWriter::text).text(a.engine()).int32(a.threads()));
  }

  private static List<Assembly> readAssemblies(FieldReader f) {
    return f.list(
        "programs",
        r -> new Assembly(names(r), r.name(), r.int32("number of threads", 1, MAX_CORES)));
  }

  private static Hold readHold(FieldReader f) {
    return new Hold(
        f.int64(),
        f.list(
            "components",
            r -> {
              String sha256 = r.sha256();
              byte[] json = r.bytes("a component", ComponentJson.MAX_BYTES);
              return new Placement(ComponentJson.read(json), sha256);
            }),
        readAssemblies(f),
        f.int32("a batch", 0, MAX_BATCH));
  }

  private static List<String> names(FieldReader f) {
    List<String> names = f.list("components", FieldReader::name);
    if (names.isEmpty()) {
      throw new WireException("a program has at least one component");
    }
    return names;
  }

  private static void writeMeasure(Measure m, FieldWriter f) {
    f.int64(m.id())
        .list(m.programs(), (w, names) -> w.list(names, FieldWriter::text))
        .int32(m.batch())
        .int32(m.rounds())
        .float64(m.seconds())
        .int32(m.cores());
  }

  private static Measure readMeasure(FieldReader f) {
    return new Measure(
        f.int64(),
        f.list("programs", FrameType::names),
        f.int32("a batch", 1, MAX_BATCH),
        f.int32("number of rounds", 1, 1 << 16),
        f.float64(),
        f.int32("number of cores", 0, MAX_CORES));
  }

  private static void writeRun(Run m, FieldWriter f) {
    f.int64(m.id()).flag(m.arises()).flag(m.stays()).flag(m.ends());
    f.flag(m.open()).flag(m.reports());
    writeSteps(m.steps(), f);
    f.shape(m.tensor().batch(), m.tensor().shape());
  }

  private static Run readRun(FieldReader f, ByteBuf payload) {
    return new Run(
        f.int64(), f.flag(), f.flag(), f.flag(), f.flag(), f.flag(), f.steps(), f.tensor(payload));
  }

  private static void writeSteps(List<Step> steps, FieldWriter f) {
    f.list(steps, (w, s) -> w.text(s.component()).int32(s.cores()).flag(s.sideBranch()));
  }

  private static void writeNext(Next m, FieldWriter f) {
    f.int64(m.id()).flag(m.last()).flag(m.stays()).flag(m.ends());
    writeSteps(m.steps(), f);
  }

  private static Next readNext(FieldReader f) {
    return new Next(f.int64(), f.flag(), f.flag(), f.flag(), f.steps());
  }

  private static void writeRan(Ran m, FieldWriter f) {
    f.int64(m.id()).flag(m.stays());
    f.int64(m.segment().receivedNanos()).int64(m.segment().startNanos());
    f.list(m.segment().stretches(), (w, s) -> w.int32(s.hops()).int64(s.nanos()))
        .int64(m.segment().idleNanos());
    f.shape(m.tensor().batch(), m.tensor().shape());
  }

  private static Ran readRan(FieldReader f, ByteBuf payload) {
    long id = f.int64();
    boolean stays = f.flag();
    Segment segment =
        new Segment(
            f.int64(),
            f.int64(),
            f.list(
                "stretches", r -> new Stretch(r.int32("number of hops", 1, MAX_ITEMS), r.int64())),
            f.int64());
    return new Ran(id, stays, segment, f.tensor(payload));
  }
}
