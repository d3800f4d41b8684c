package io.offloadlab.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions of the architecture page: dependencies point inward only. */
@AnalyzeClasses(packages = "io.offloadlab", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ENGINE = "ai.djl..";
  private static final String SOCKETS = "io.netty..";
  private static final String[] STRATEGIES = {
    "io.offloadlab.legodnn..",
    "io.offloadlab.reference..",
    "io.offloadlab.ddpg..",
    "io.offloadlab.twin.."
  };

  @ArchTest
  static final ArchRule GRAPH_KNOWS_NOTHING_BUT_ITSELF =
      classes()
          .that()
          .resideInAPackage("io.offloadlab.graph..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.offloadlab.graph..");

  @ArchTest
  static final ArchRule THE_LANGUAGE_OF_STRATEGIES_KNOWS_NO_ENGINE_AND_NO_SOCKET =
      classes()
          .that()
          .resideInAPackage("io.offloadlab.strategy..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "io.offloadlab.graph..",
              "io.offloadlab.models..",
              "io.offloadlab.failure..",
              "io.offloadlab.strategy..");

  @ArchTest
  static final ArchRule STRATEGIES_OWN_NO_SOCKET_AND_NO_NODE =
      noClasses()
          .that()
          .resideInAnyPackage(STRATEGIES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              SOCKETS, "io.offloadlab.node..", "io.offloadlab.wire..", "io.offloadlab.bench..");

  @ArchTest
  static final ArchRule STRATEGIES_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("io.offloadlab.(legodnn|reference|ddpg|twin)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_BENCH =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.offloadlab.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.offloadlab.bench..");

  @ArchTest
  static final ArchRule ONLY_THESE_KNOW_THE_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.offloadlab.nn.pytorch..", "io.offloadlab.train..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ENGINE);

  @ArchTest
  static final ArchRule ONLY_TRAINING_KNOWS_WHICH_ENGINE_IT_IS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.offloadlab.nn.pytorch..", "io.offloadlab.train..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.offloadlab.nn.pytorch..");

  @ArchTest
  static final ArchRule ONLY_WIRE_AND_NODE_KNOW_SOCKETS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.offloadlab.wire..", "io.offloadlab.node..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SOCKETS);

  @ArchTest
  static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
      slices().matching("io.offloadlab.(**)").should().beFreeOfCycles();
}
