package io.offloadlab.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.Finding;
import io.offloadlab.bench.metric.ImageUse;
import io.offloadlab.bench.metric.Results;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything needed to run a comparison again, and to judge it: the content of {@code run.json}.
 *
 * @param command the command line, word by word
 * @param started date and time, ISO-8601
 * @param version of OffloadLab
 * @param machine operating system, processors, memory, Java and engine versions
 * @param model name of the network
 * @param dataset name of the data set
 * @param weights SHA-256 of every file of the model
 * @param images where the images came from
 * @param resolvedScenario the problem that every strategy was given
 * @param options settings of single strategies
 * @param entries who takes part, with settings of their own
 * @param infeasible why some of them could not take part, by name
 * @param imageUse which images chose exits and variants, and which report
 * @param tasks number of tasks, of each repeat
 * @param repeats how often the stream ran, with seeds one after the other from the scenario's
 * @param view what the runtime measured before the stream, also in {@code view.json}, to be given
 *     back with {@code --view}
 * @param strategies what every strategy did; empty before the run
 */
public record RunDescription(
    List<String> command,
    String started,
    String version,
    Map<String, String> machine,
    String model,
    String dataset,
    Map<String, String> weights,
    String images,
    @JsonProperty("scenario") Scenario resolvedScenario,
    Map<String, String> options,
    List<Entry> entries,
    Map<String, String> infeasible,
    @JsonProperty("image_use") ImageUse imageUse,
    int tasks,
    int repeats,
    SystemView view,
    List<Outcome> strategies) {
  /** What no shell reads as anything else. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /**
   * A strategy in {@code run.json}.
   *
   * @param summary its line of {@code summary.csv}, by column
   * @param expectedAccuracy what the profile gives for the networks that ran, in 0..1
   * @param planSeconds how long its first decision took
   * @param decisionMs median and 99th percentile of the times of all others
   * @param routes every route that it chose
   * @param remarks what a reader must know
   * @param findings what the referee has against it
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Outcome(
      Map<String, Object> summary,
      double expectedAccuracy,
      double planSeconds,
      List<Double> decisionMs,
      List<String> routes,
      List<String> remarks,
      List<Finding> findings) {
    private static Outcome of(StrategyResult r, Map<String, Object> filed) {
      return new Outcome(
          filed,
          r.summary().expectedAccuracy(),
          r.summary().planSeconds(),
          Stream.of(0.5, 0.99).map(q -> r.summary().decisions().quantileMs(q)).toList(),
          r.routes(),
          r.remarks(),
          r.summary().findings());
    }
  }

  /** Whether it ran in virtual time. */
  boolean isSimulated() {
    return command.size() > 1 && command.get(1).equals("simulate");
  }

  /** The command as a shell takes it. */
  String commandLine() {
    return shell(command);
  }

  static String shell(List<String> words) {
    return words.stream().map(RunDescription::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * The same with what came out.
   *
   * @param sideBySide the same results as they are filed
   */
  RunDescription withResults(List<StrategyResult> results, Results sideBySide) {
    List<Map<String, Object>> filed = sideBySide.filed();
    List<Outcome> outcomes =
        IntStream.range(0, results.size())
            .mapToObj(i -> Outcome.of(results.get(i), filed.get(i)))
            .toList();
    return new RunDescription(
        command,
        started,
        version,
        machine,
        model,
        dataset,
        weights,
        images,
        resolvedScenario,
        options,
        entries,
        infeasible,
        imageUse,
        tasks,
        repeats,
        view,
        outcomes);
  }
}
