package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bench table}, from a run's tasks.csv. */
class TableCommandTest {
  private static final String TASKS =
      """
      strategy,task,device,images,correct,latency_ms,edge_ms,cloud_ms,uplink_ms,downlink_ms,queue_ms,mflops,size_mib,route,predictions,exit
      a,0,edge-1,1,,10.0,10.0,0.0,0.0,0.0,0.0,5.0,1.0,"root>head @edge-1",,head
      a,1,edge-2,1,,20.0,20.0,0.0,0.0,0.0,0.0,5.0,1.0,"root>head @edge-2",,head
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int table(String... more) throws IOException {
    Files.writeString(folder.resolve("tasks.csv"), TASKS);
    CommandLine line = CommandLines.line(new Bench());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] args = new String[more.length + 1];
    args[0] = "table";
    System.arraycopy(more, 0, args, 1, more.length);
    return line.execute(args);
  }

  @Test
  void table_byDevice_hasALinePerDevice() throws IOException {
    assertThat(table(folder.toString(), "--by", "device", "--as", "csv")).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "strategy,device,tasks,latency_ms,edge_ms,cloud_ms,uplink_ms,downlink_ms,queue_ms,mflops,size_mib",
            "a,edge-1,1,10.0,10.0,0.0,0.0,0.0,0.0,5.0,1.0",
            "a,edge-2,1,20.0,20.0,0.0,0.0,0.0,0.0,5.0,1.0");
  }

  @Test
  void table_byDecision_hasALinePerChoice() throws IOException {
    assertThat(table(folder.toString(), "--by", "decision", "--as", "csv")).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "strategy,decision,choice,tasks,share",
            "a,exit,head,2,1.0",
            "a,split,none,2,1.0",
            "a,node,edge-1,1,0.5",
            "a,node,edge-2,1,0.5");
  }

  @Test
  void table_markdown_showsRoundedNumbers() throws IOException {
    assertThat(table(folder.toString(), "--as", "markdown")).isZero();

    assertThat(out.toString()).contains("| a | 2 | 15.00 | 15.00 |");
  }

  @Test
  void table_folderWithoutTasks_isWrongUsageInOneLine() throws IOException {
    assertThat(table(folder.resolve("none").toString())).isEqualTo(2);

    assertThat(err.toString().lines()).singleElement().asString().contains("none", "tasks.csv");
  }
}
