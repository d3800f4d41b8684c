package io.offloadlab.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.offloadlab.graph.Layer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a kind of layer is called on the wire: its constant's name in lower case. */
enum LayerType {
  CONV2D(Layer.Conv2d.class),
  BATCHNORM2D(Layer.BatchNorm2d.class),
  RELU(Layer.Relu.class),
  ADD(Layer.Add.class),
  AVGPOOL2D(Layer.AvgPool2d.class),
  MAXPOOL2D(Layer.MaxPool2d.class),
  FLATTEN(Layer.Flatten.class),
  LINEAR(Layer.Linear.class);

  private static final Map<String, LayerType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(LayerType::toString, t -> t));

  private final Class<? extends Layer> layer;

  LayerType(Class<? extends Layer> layer) {
    this.layer = layer;
  }

  /** The type of a layer. */
  static LayerType of(Layer layer) {
    return layer.accept(Naming.INSTANCE);
  }

  Class<? extends Layer> layer() {
    return layer;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private enum Naming implements Layer.Visitor<LayerType> {
    INSTANCE;

    @Override
    public LayerType conv2d(Layer.Conv2d conv) {
      return CONV2D;
    }

    @Override
    public LayerType batchNorm2d(Layer.BatchNorm2d norm) {
      return BATCHNORM2D;
    }

    @Override
    public LayerType relu(Layer.Relu relu) {
      return RELU;
    }

    @Override
    public LayerType add(Layer.Add add) {
      return ADD;
    }

    @Override
    public LayerType avgPool2d(Layer.AvgPool2d pool) {
      return AVGPOOL2D;
    }

    @Override
    public LayerType maxPool2d(Layer.MaxPool2d pool) {
      return MAXPOOL2D;
    }

    @Override
    public LayerType flatten(Layer.Flatten flatten) {
      return FLATTEN;
    }

    @Override
    public LayerType linear(Layer.Linear linear) {
      return LINEAR;
    }
  }

  /** Tells Jackson. */
  static final class Resolver extends TypeIdResolverBase {
    private JavaType base;

    @Override
    public void init(JavaType type) {
      base = type;
    }

    @Override
    public String idFromValue(Object layer) {
      return of((Layer) layer).toString();
    }

    @Override
    public String idFromValueAndType(Object layer, Class<?> type) {
      return idFromValue(layer);
    }

    /** Null for a name that no layer has, which Jackson reports. */
    @Override
    public JavaType typeFromId(DatabindContext context, String id) {
      LayerType type = BY_NAME.get(id);
      return type == null ? null : context.constructSpecializedType(base, type.layer);
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
      return JsonTypeInfo.Id.CUSTOM;
    }
  }
}
