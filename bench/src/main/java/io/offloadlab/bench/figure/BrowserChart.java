package io.offloadlab.bench.figure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.bench.figure.Figure.Axis;
import io.offloadlab.bench.figure.Figure.Bars;
import io.offloadlab.bench.figure.Figure.Line;
import io.offloadlab.bench.figure.Figure.Points;
import io.offloadlab.bench.figure.Figure.Scale;
import io.offloadlab.bench.figure.Figure.Series;
import io.offloadlab.bench.figure.Figure.Tiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** A figure as options of Apache ECharts, without colours: those are the page's. */
public final class BrowserChart {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LIBRARY =
      "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

  private static final int MOST_IN_TWO_LINES = 8;

  private BrowserChart() {}

  /** The library's text, for a page of its own. */
  public static String library() {
    try (InputStream in = BrowserChart.class.getResourceAsStream(LIBRARY)) {
      if (in == null) {
        throw new IllegalStateException("the chart library is not on the class path: " + LIBRARY);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("</script", "<\\/script");
    } catch (IOException e) {
      throw new IllegalStateException("the chart library cannot be read", e);
    }
  }

  /** The options as JSON that may stand in a page's script. */
  public static String options(Figure figure) {
    ObjectNode option = JSON.createObjectNode();
    option.put("animation", false);
    option.putObject("aria").put("enabled", true);
    option
        .putObject("legend")
        .put("type", figure.series().size() > MOST_IN_TWO_LINES ? "scroll" : "plain")
        .put("bottom", 0)
        .put("itemWidth", 12)
        .put("itemHeight", 10)
        .put("itemGap", 12)
        .put("icon", "roundRect");
    option
        .putObject("grid")
        .put("left", 12)
        .put("right", 32)
        .put("top", 36)
        .put("bottom", 78)
        .put("containLabel", true);
    boolean points = figure.series().get(0) instanceof Points;
    option.putObject("tooltip").put("trigger", points ? "item" : "axis").put("confine", true);
    option.set("xAxis", figure.hasBars() ? names(figure) : axis(figure.x(), true));
    option.set("yAxis", axis(figure.y(), false));
    ArrayNode series = option.putArray("series");
    figure.series().forEach(s -> series.add(series(s)));
    // What stands in a script must not end it.
    return option.toString().replace("<", "\\u003c");
  }

  private static ObjectNode names(Figure figure) {
    ObjectNode axis = JSON.createObjectNode().put("type", "category");
    ArrayNode data = axis.putArray("data");
    ((Bars) figure.series().get(0)).bars().forEach(data::add);
    axis.putObject("axisLabel").put("interval", 0).put("hideOverlap", false).put("rotate", 20);
    return axis;
  }

  private static ObjectNode axis(Axis axis, boolean across) {
    ObjectNode node = JSON.createObjectNode();
    node.put("type", axis.scale() == Scale.LOGARITHMIC ? "log" : "value");
    node.put("name", axis.title());
    if (across) {
      node.put("nameLocation", "middle").put("nameGap", 28);
      node.put("scale", axis.scale() != Scale.LINEAR);
    } else {
      node.putObject("nameTextStyle").put("align", "left");
    }
    // Scripts of the page make functions of it.
    node.put("unit", axis.scale() == Scale.SHARE ? "share" : "number");
    return node;
  }

  private static ObjectNode series(Series series) {
    ObjectNode node = JSON.createObjectNode().put("name", series.name());
    ArrayNode data = node.putArray("data");
    if (series instanceof Line line) {
      node.put("type", "line").put("showSymbol", false);
      if (line.steps()) {
        node.put("step", "end");
      }
      node.putObject("lineStyle")
          .put("width", line.dashed() ? 1.5 : 2)
          .put("type", line.dashed() ? "dashed" : "solid");
      IntStream.range(0, line.x().length)
          .forEach(i -> data.addArray().add(line.x()[i]).add(line.y()[i]));
    } else if (series instanceof Points points) {
      node.put("type", "scatter").put("sizeTitle", points.sizeTitle());
      IntStream.range(0, points.x().length)
          .forEach(
              i -> data.addArray().add(points.x()[i]).add(points.y()[i]).add(points.size()[i]));
      node.putObject("label").put("show", true).put("position", "top").put("formatter", "{a}");
    } else if (series instanceof Tiles) {
      throw new IllegalArgumentException("maps are drawn as files: " + series.name());
    } else if (series instanceof Bars bars) {
      node.put("type", "bar").put("stack", "all").put("barMaxWidth", 48);
      for (double v : bars.values()) {
        data.add(v);
      }
    }
    return node;
  }
}
