package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.Sheet;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** A table as a file. */
public enum TableFile {
  /** Numbers in full. */
  CSV {
    @Override
    void write(Sheet<?> table, Writer out) {
      CsvTables.write(out, table.values());
    }
  },
  /** For pages and issues. */
  MD {
    @Override
    void write(Sheet<?> table, Writer out) throws IOException {
      out.write(MarkdownReport.render(table.text()));
    }
  },
  /** For papers. */
  TEX {
    @Override
    void write(Sheet<?> table, Writer out) throws IOException {
      out.write(LatexReport.render(table.text()));
    }
  };

  /**
   * Writes it.
   *
   * @param out stays open
   */
  abstract void write(Sheet<?> table, Writer out) throws IOException;

  /** The end of its name. */
  String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
