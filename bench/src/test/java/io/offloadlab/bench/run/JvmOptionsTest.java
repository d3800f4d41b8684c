package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmOptionsTest {
  @Test
  void forChild_ordinaryOptions_arePassedOnInOrder() {
    List<String> own =
        List.of(
            "-Xmx2g",
            "-XX:+UseSerialGC",
            "-Doffloadlab.home=/somewhere",
            "-Djava.awt.headless=true",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-ea");

    assertThat(JvmOptions.forChild(own)).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
        "-agentpath:/opt/profiler.so=start",
        "-javaagent:/opt/coverage.jar",
        "-Xdebug",
        "-Xrunjdwp:transport=dt_socket,server=y,address=5005",
        "-Dcom.sun.management.jmxremote",
        "-Dcom.sun.management.jmxremote.port=9010",
        "-Dcom.sun.management.jmxremote.rmi.port=9011"
      })
  void forChild_agentsAndPorts_areLeftOut(String option) {
    assertThat(JvmOptions.forChild(List.of("-Xmx1g", option))).containsExactly("-Xmx1g");
  }
}
