package io.offloadlab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A key of a scenario file, declared once: reading, the reference and the schema come from it.
 *
 * @param path such as {@code speed.edges}
 * @param value what it can be
 * @param unit of its numbers; empty for none
 * @param byDefault what holds where it is not written
 * @param option of the command line that overrides it; empty for none
 * @param docs what it says, in a line
 */
record ScenarioKey(
    String path, Value value, String unit, String byDefault, String option, String docs) {

  /** What a value can be. */
  sealed interface Value {
    /** Whether a value that is written is one of these. */
    boolean accepts(JsonNode written);

    /** The same for people: {@code a whole number in 1..9}. */
    String words();

    /** The same as a JSON schema, written into an object. */
    void schema(ObjectNode into);
  }

  /** A whole number. */
  record Whole(long least, long most) implements Value {
    @Override
    public boolean accepts(JsonNode written) {
      return written.isIntegralNumber()
          && written.canConvertToLong()
          && written.longValue() >= least
          && written.longValue() <= most;
    }

    @Override
    public String words() {
      return least == Long.MIN_VALUE
          ? "a whole number"
          : String.format(Locale.ROOT, "a whole number in %d..%d", least, most);
    }

    @Override
    public void schema(ObjectNode into) {
      into.put("type", "integer").put("minimum", least).put("maximum", most);
    }
  }

  /** A number from 0, which may not be one of them, to a largest. */
  record Decimal(boolean zero, double most) implements Value {
    @Override
    public boolean accepts(JsonNode written) {
      double value = written.doubleValue();
      return written.isNumber() && (zero ? value >= 0 : value > 0) && value <= most;
    }

    @Override
    public String words() {
      return String.format(Locale.ROOT, "a number in %s0, %.0f]", zero ? "[" : "(", most);
    }

    @Override
    public void schema(ObjectNode into) {
      into.put("type", "number").put(zero ? "minimum" : "exclusiveMinimum", 0).put("maximum", most);
    }
  }

  /**
   * A text in a form of its own.
   *
   * @param form for people
   * @param pattern that it matches, of a dialect that JSON schemas know, too
   * @param check throws an {@link IllegalArgumentException} or {@link
   *     io.offloadlab.failure.UsageError} for a text that is none
   */
  record Text(String form, String pattern, Check check) implements Value {
    /** Refuses what is no such text. */
    @FunctionalInterface
    interface Check {
      void accept(String text);
    }

    @Override
    public boolean accepts(JsonNode written) {
      if (!written.isTextual()) {
        return false;
      }
      check.accept(written.textValue());
      return true;
    }

    @Override
    public String words() {
      return form;
    }

    @Override
    public void schema(ObjectNode into) {
      into.put("type", "string").put("pattern", "^(?:%s)$".formatted(pattern));
    }
  }

  /** One value for all edges, or a list with one for each. */
  record PerEdge(Value each) implements Value {
    @Override
    public boolean accepts(JsonNode written) {
      if (!written.isArray()) {
        return each.accepts(written);
      }
      for (JsonNode one : written) {
        if (!each.accepts(one)) {
          return false;
        }
      }
      return !written.isEmpty();
    }

    @Override
    public String words() {
      return each.words() + ", or a list with one per edge";
    }

    @Override
    public void schema(ObjectNode into) {
      var choices = into.putArray("anyOf");
      each.schema(choices.addObject());
      ObjectNode list = choices.addObject().put("type", "array").put("minItems", 1);
      each.schema(list.putObject("items"));
    }
  }
}
