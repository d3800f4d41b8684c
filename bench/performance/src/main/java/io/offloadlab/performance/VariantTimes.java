package io.offloadlab.performance;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.offloadlab.graph.Component;
import io.offloadlab.nn.ChoosingEngine;
import io.offloadlab.nn.ChoosingProgram;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Engines;
import io.offloadlab.nn.HostTensor;
import io.offloadlab.nn.Part;
import io.offloadlab.nn.Tensor;
import io.offloadlab.weights.ComponentWeights;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Milliseconds of every variant of every block against its floating-point operations: with oneDNN,
 * and with the fastest engine. Variants and engines take turns, and of each the median counts.
 */
@Command(
    name = "variants",
    mixinStandardHelpOptions = true,
    description = "Draws the time of every variant of every block against its operations.")
final class VariantTimes implements Callable<Integer> {
  private static final double GENEROUS = 1.4;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Cores (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "15",
      description = "Timed runs of each (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "runs/performance/variants",
      description = "Beginning of the names of FILE.csv and FILE.svg (default: ${DEFAULT-VALUE}).")
  private Path out;

  /** One variant with one engine. */
  private record Timed(
      String engine, Component component, ChoosingProgram program, List<Long> nanos) {
    double ms() {
      return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow() / 1e6;
    }

    double mflops(int batch) {
      return component.flops() * batch / 1e6;
    }
  }

  @Override
  public Integer call() throws IOException {
    try (ChoosingEngine oneDnn = ChoosingEngine.open("onednn", Engine.Processor.CPU, threads);
        ChoosingEngine auto = ChoosingEngine.open(Engines.AUTO, Engine.Processor.CPU, threads)) {
      List<Timed> all = new ArrayList<>();
      for (Component c : Networks.variants()) {
        Part part = new Part(c, ComponentWeights.read(Networks.model().path(), c));
        all.add(new Timed("onednn", c, oneDnn.load(List.of(part)), new ArrayList<>()));
        all.add(new Timed("auto", c, auto.load(List.of(part)), new ArrayList<>()));
      }
      all.forEach(t -> t.program.choose(batch));
      for (int round = 0; round < rounds; round++) {
        all.forEach(t -> t.nanos.add(once(t)));
      }
      Files.createDirectories(out.toAbsolutePath().getParent());
      write(all);
      draw(all);
    }
    return 0;
  }

  private long once(Timed t) {
    long bytes = t.program.input().bytes() * batch;
    ByteBuffer zeros = ByteBuffer.allocateDirect(Math.toIntExact(bytes));
    long begun = System.nanoTime();
    try (Tensor x = HostTensor.over(zeros, batch, t.program.input());
        Tensor y = t.program.run(x)) {
      y.bytes();
      return System.nanoTime() - begun;
    }
  }

  private void write(List<Timed> all) throws IOException {
    try (Writer to = Files.newBufferedWriter(Path.of(out + ".csv"))) {
      CsvWriter csv = new CsvWriter(to, new CsvWriterSettings());
      csv.writeHeaders("component", "batch", "threads", "mflops", "engine", "chosen", "ms");
      for (Timed t : all) {
        csv.writeRow(
            t.component.name(),
            batch,
            threads,
            t.mflops(batch),
            t.engine,
            t.program.choice(batch).engine(),
            t.ms());
      }
      csv.close();
    }
  }

  private void draw(List<Timed> all) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(440)
            .title(
                String.format(
                    Locale.ROOT,
                    "Blocks and their variants, batch %d, %d thread(s)",
                    batch,
                    threads))
            .xAxisTitle("MFLOPs")
            .yAxisTitle("ms")
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
    chart
        .getStyler()
        .setYAxisMax(GENEROUS * all.stream().mapToDouble(Timed::ms).max().orElseThrow());
    for (String engine : List.of("onednn", "auto")) {
      List<Timed> of = all.stream().filter(t -> t.engine.equals(engine)).toList();
      chart.addSeries(
          engine.equals("auto") ? "fastest engine" : "oneDNN, as before",
          of.stream().mapToDouble(t -> t.mflops(batch)).toArray(),
          of.stream().mapToDouble(Timed::ms).toArray());
    }
    VectorGraphicsEncoder.saveVectorGraphic(chart, out.toString(), VectorGraphicsFormat.SVG);
  }
}
