package io.offloadlab.node;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.wire.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The runs on an edge whose steps are told while they go on, by their ids. Safe for use by many
 * threads.
 */
final class OpenRuns {
  /** One of them. */
  static final class OpenRun {
    private final Agenda agenda;
    private volatile boolean stays;

    private OpenRun(Agenda agenda) {
      this.agenda = agenda;
    }

    Agenda agenda() {
      return agenda;
    }

    /** Whether the result stays here; known when the run is over. */
    boolean stays() {
      return stays;
    }
  }

  private final Map<Long, OpenRun> runs = new ConcurrentHashMap<>();

  /**
   * A run begins.
   *
   * @param ranOut told each time it has run out of steps
   */
  OpenRun begin(Message.Run run, Consumer<List<Double>> ranOut) {
    OpenRun begun = new OpenRun(Agenda.open(run.steps(), ranOut));
    runs.put(run.id(), begun);
    return begun;
  }

  /**
   * More steps. A run that is over already, because it failed here, needs none.
   *
   * @throws IllegalArgumentException if its last steps were told before
   */
  void tell(Message.Next next) {
    OpenRun run = runs.get(next.id());
    if (run != null) {
      run.stays = next.stays();
      run.agenda.add(next.steps(), next.last(), next.ends());
    }
  }

  /** A run is over, well or not. */
  void end(long id) {
    runs.remove(id);
  }

  /** Whoever waits for steps will not get any. */
  void abandon(RunFailure why) {
    runs.values().forEach(r -> r.agenda.abandon(why));
  }
}
