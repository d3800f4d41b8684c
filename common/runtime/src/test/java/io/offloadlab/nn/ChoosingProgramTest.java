package io.offloadlab.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which engine a program runs on. */
class ChoosingProgramTest {
  private static final Shape IMAGE = Shape.of(3, 32, 32);

  private ChoosingEngine engine;

  @BeforeEach
  void open() {
    engine = ChoosingEngine.open(Engines.AUTO, Engine.Processor.CPU, 2);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private ChoosingProgram small() {
    ModelGraph graph = ResNets.resnet18(10, 8, IMAGE);
    return engine.load(
        List.of(
            new Part(
                new Component("small", graph, WeightRef.of("none")), RandomWeights.of(graph, 1))));
  }

  private static float[] run(Program program) {
    try (Tensor x =
            HostTensor.over(EngineGraphs.direct(EngineGraphs.batch(IMAGE, 1, 2)), 1, IMAGE);
        Tensor y = program.run(x)) {
      return y.floats();
    }
  }

  @Test
  void choose_once_staysWithWhatItChose() {
    ChoosingProgram program = small();

    Choice chosen = program.choose(1);

    assertThat(engine.names()).contains(chosen.engine());
    assertThat(chosen.threads()).isBetween(1, 2);
    assertThat(program.choose(1)).isEqualTo(chosen);
    assertThat(program.choice(1)).isEqualTo(chosen);
  }

  @Test
  void choice_ofAProgramThatWasNotMeasured_isThatOfMostOthers() {
    Choice others = small().choose(1);

    assertThat(small().choice(1)).isEqualTo(others);
  }

  @Test
  void choice_ofAProgramThatWasNotTold_isThatOfMostOthersThatWere() {
    small().use(1, new Choice(engine.names().get(0), 2));
    ChoosingProgram again = small();
    for (int i = 0; i < 3; i++) {
      again.use(1, new Choice(engine.names().get(0), 2));
    }
    for (int i = 0; i < 3; i++) {
      small().use(1, new Choice(engine.names().get(0), 1));
    }

    assertThat(small().choice(1)).isEqualTo(new Choice(engine.names().get(0), 1));
  }

  @Test
  void run_ofABatchThatWasNotMeasured_keepsToWhatItBeganWith() {
    ChoosingProgram program = small();
    run(program);
    Choice first = program.choice(1);

    small().use(1, new Choice(engine.names().get(engine.names().size() - 1), 1));
    run(program);

    assertThat(program.choice(1)).isEqualTo(first);
    assertThat(program.choose(1)).isEqualTo(program.choice(1));
  }

  @Test
  void choice_beforeAnythingWasMeasured_isTheFirstEngineWithAllThreads() {
    assertThat(small().choice(7)).isEqualTo(new Choice(engine.names().get(0), 2));
  }

  @Test
  void use_ofAnyEngine_computesTheSame() {
    for (String name : engine.names()) {
      ChoosingProgram told = small();
      told.use(1, new Choice(name, 1));

      assertThat(told.choose(1)).isEqualTo(new Choice(name, 1));
      assertThat(run(told)).usingComparatorWithPrecision(1e-4f).containsExactly(run(small()));
    }
  }

  @Test
  void use_ofAnEngineThatIsNotOpen_isRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().use(1, new Choice("abacus", 1)))
        .withMessageContaining("no engine 'abacus'");
  }

  @Test
  void run_afterClosing_isRefused() {
    ChoosingProgram program = small();

    program.close();

    assertThatIllegalStateException().isThrownBy(() -> run(program));
  }
}
