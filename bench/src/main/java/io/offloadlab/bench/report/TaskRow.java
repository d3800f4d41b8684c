package io.offloadlab.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.offloadlab.strategy.TaskRecord;

/**
 * One line of {@code tasks.csv}: a strategy's task.
 *
 * @param strategy name
 * @param task position in the stream
 * @param device edge that the task was assigned to
 * @param images in the batch
 * @param correct images classified as labelled; empty without labels
 * @param latencyMs from arrival to prediction
 * @param edgeMs computing on edges
 * @param cloudMs computing on the cloud
 * @param uplinkMs from edges to the cloud
 * @param downlinkMs from the cloud to edges
 * @param queueMs waiting for a processor
 * @param mflops per image
 * @param sizeMib of the network that ran
 * @param route what ran where
 * @param predictions classes, separated by blanks
 */
@JsonPropertyOrder({
  "strategy",
  "task",
  "device",
  "images",
  "correct",
  "latency_ms",
  "edge_ms",
  "cloud_ms",
  "uplink_ms",
  "downlink_ms",
  "queue_ms",
  "mflops",
  "size_mib",
  "route",
  "predictions"
})
record TaskRow(
    String strategy,
    int task,
    String device,
    int images,
    Integer correct,
    @JsonProperty("latency_ms") double latencyMs,
    @JsonProperty("edge_ms") double edgeMs,
    @JsonProperty("cloud_ms") double cloudMs,
    @JsonProperty("uplink_ms") double uplinkMs,
    @JsonProperty("downlink_ms") double downlinkMs,
    @JsonProperty("queue_ms") double queueMs,
    double mflops,
    @JsonProperty("size_mib") double sizeMib,
    String route,
    String predictions) {

  static TaskRow of(String strategy, TaskRecord r) {
    TaskRecord.Latency l = r.latency();
    return new TaskRow(
        strategy,
        r.task().id(),
        r.task().device().toString(),
        r.task().batch(),
        r.labels().isEmpty() ? null : r.correct(),
        l.totalMs(),
        l.edgeMs(),
        l.cloudMs(),
        l.uplinkMs(),
        l.downlinkMs(),
        l.queueMs(),
        r.route().flops() / 1e6,
        r.route().sizeMib(),
        r.route().toString(),
        String.join(" ", r.predictions().stream().map(String::valueOf).toList()));
  }
}
