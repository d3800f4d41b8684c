package io.offloadlab.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.offloadlab.failure.UsageError;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Jackson has against a text, in words for people who do not know Java. */
final class Complaint {
  private static final Pattern MISSING = Pattern.compile("[Mm]issing.* property '([^']*)'");

  private static final Pattern VALUE = Pattern.compile("value \\(\"?([^\"` )]+)\"?\\)");

  /** Advice for programmers, and positions within texts of which the line is said anyway. */
  private static final Pattern FOR_PROGRAMMERS =
      Pattern.compile(": enable `[^`]*`.*| ?\\(start marker at .*|, from `[^`]*`");

  private Complaint() {}

  /**
   * One line.
   *
   * @param valueAt what is written at a key; empty where it is not known
   */
  static String of(JsonProcessingException e, UnaryOperator<String> valueAt) {
    String first = e.getOriginalMessage().lines().findFirst().orElse("it is not understood");
    if (!(e instanceof JsonMappingException mapping)) {
      return FOR_PROGRAMMERS.matcher(first).replaceAll("");
    }
    if (e.getCause() instanceof StreamReadException syntax
        && !(syntax instanceof InputCoercionException)) {
      return of(syntax, valueAt);
    }
    String key = path(mapping);
    if (e instanceof UnrecognizedPropertyException u) {
      List<String> known = u.getKnownPropertyIds().stream().map(String::valueOf).toList();
      return UsageError.unknown("key", key, known).getMessage();
    }
    if (e instanceof InvalidNullException) {
      return "key '%s' has no value: give it one, or leave it out".formatted(key);
    }
    if (e instanceof ValueInstantiationException v && v.getCause() != null) {
      return (key.isEmpty() ? "" : "key '%s': ".formatted(key)) + v.getCause().getMessage();
    }
    Matcher missing = MISSING.matcher(first);
    if (missing.find()) {
      return "key '%s' is missing".formatted(key.isEmpty() ? missing.group(1) : key);
    }
    String value =
        e instanceof InvalidFormatException f ? String.valueOf(f.getValue()) : valueAt.apply(key);
    Matcher quoted = VALUE.matcher(first);
    if (value.isEmpty() && quoted.find()) {
      value = quoted.group(1);
    }
    if (first.startsWith("Trailing token")) {
      return "something follows its end";
    }
    String what = key.isEmpty() ? "it" : "key '%s'".formatted(key);
    String is = value.isEmpty() ? "is not understood" : "is '%s'".formatted(shortened(value));
    if (e instanceof MismatchedInputException m && m.getTargetType() != null) {
      return "%s %s: expected %s".formatted(what, is, expected(m.getTargetType()));
    }
    // An overflow: Jackson names the bounds, and the Java type in brackets.
    return "%s %s: expected a whole number that is not as large".formatted(what, is);
  }

  /** Keys and positions as people write them: {@code speed.edges[1]}. */
  static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference r : e.getPath()) {
      if (r.getFieldName() == null) {
        path.append('[').append(r.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(r.getFieldName());
      }
    }
    return path.toString();
  }

  static String shortened(String value) {
    int most = 60;
    String line = value.replaceAll("\\s+", " ");
    return line.length() <= most ? line : line.substring(0, most) + "...";
  }

  private static String expected(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type == String.class) {
      return "a text";
    } else if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", "));
    } else if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list";
    } else if (type.isRecord()) {
      return Arrays.stream(type.getRecordComponents())
          .map(c -> c.getName())
          .collect(Collectors.joining(", ", "the keys ", ""));
    }
    return "something else";
  }
}
