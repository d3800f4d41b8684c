package io.offloadlab.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the table of rooms may never say, whatever is added to it: see {@link RoomsTest}. */
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
  static final ArchRule STRATEGIES_OWN_NO_SOCKET_AND_NO_NODE =
      noClasses()
          .that()
          .resideInAnyPackage(STRATEGIES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              SOCKETS, "io.offloadlab.node..", "io.offloadlab.wire..", "io.offloadlab.bench..");

  @ArchTest
  static final ArchRule LEARNING_KNOWS_NO_STRATEGY =
      noClasses()
          .that()
          .resideInAPackage("io.offloadlab.learning..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STRATEGIES);

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
}
