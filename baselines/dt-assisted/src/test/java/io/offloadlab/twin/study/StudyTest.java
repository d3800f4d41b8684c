package io.offloadlab.twin.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.twin.policy.OneShot;
import io.offloadlab.twin.policy.UtilityMeter;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyTest {
  private static final TwinSettings SETTINGS =
      TwinSettings.with("default", Map.of("objective", "utility"));
  private static final int POINTS = 12;

  private static List<Double> curve(int flatUntil, double step) {
    List<Double> curve = new ArrayList<>(Collections.nCopies(flatUntil, 0.8));
    curve.addAll(Collections.nCopies(POINTS - flatUntil, 0.8 + step));
    return curve;
  }

  @Test
  void tasksToConverge_isTheFirstPointFromWhichOnNothingMuchChanges() {
    // The fourth point is after 150 tasks, the eighth after 500.
    assertThat(LearningCurves.tasksToConverge(curve(3, 0.05))).isEqualTo(150);
    assertThat(LearningCurves.tasksToConverge(curve(7, 0.05))).isEqualTo(500);
  }

  @Test
  void tasksToConverge_nothingToLearn_isNone() {
    assertThat(LearningCurves.tasksToConverge(curve(5, 0.0004))).isZero();
  }

  @Test
  void tasksToConverge_neverSettles_isTheLastPoint() {
    List<Double> swinging = new ArrayList<>(curve(1, 0.05));
    swinging.set(POINTS - 2, 0.7);

    assertThat(LearningCurves.tasksToConverge(swinging)).isEqualTo(2000);
  }

  @Test
  void tasksToLevel_isTheFirstPointFromWhichOnTheCurveStaysThere() {
    List<Double> dip = new ArrayList<>(curve(3, 0.05));
    dip.set(6, 0.82);

    assertThat(LearningCurves.tasksToLevel(dip, 0.85)).contains(500);
    assertThat(LearningCurves.tasksToLevel(dip, 0.9)).isEmpty();
  }

  @Test
  void references_knowingMore_areWorthMore() {
    StudyWorld world = new StudyWorld(40, 102, 900);
    UtilityMeter oneShot = world.run(new OneShot(world.context(0), SETTINGS), 300);
    UtilityMeter rates =
        world.run(new RatePlanner(world.context(0), SETTINGS, 40, StudyWorld.OTHERS), 300);
    UtilityMeter future =
        world.run(
            new IdealPolicy(world.context(0), SETTINGS, world.arrivals(), StudyWorld.OTHERS), 300);

    assertThat(rates.meanUtility()).isGreaterThan(oneShot.meanUtility());
    assertThat(future.meanUtility()).isGreaterThan(rates.meanUtility());
  }
}
