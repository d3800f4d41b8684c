package io.offloadlab.sim;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import java.util.Iterator;

/**
 * A stream whose tasks arrive when, and for whom, was recorded. It ends with the shorter of the
 * two.
 *
 * @param recorded when tasks arrive
 * @param tasks their images, sources and, where it was not recorded, devices
 */
public record ArrivalTrace(RecordedArrivals recorded, Iterable<Task> tasks)
    implements Iterable<Task> {
  @Override
  public Iterator<Task> iterator() {
    Iterator<Task> from = tasks.iterator();
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < recorded.size() && from.hasNext();
      }

      @Override
      public Task next() {
        Task task = from.next();
        int edge = recorded.edge(next);
        NodeId device = edge == 0 ? task.device() : NodeId.edge(edge);
        NodeId source = task.source().isCloud() ? NodeId.CLOUD : device;
        return new Task(task.id(), source, device, recorded.seconds(next++), task.images());
      }
    };
  }
}
