package io.offloadlab.bench.run;

import io.offloadlab.failure.UsageError;
import io.offloadlab.files.Reasons;
import io.offloadlab.strategy.StrategyProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Strategies of other people's jars. Their classes see the laboratory's; the class loader lives as
 * long as the process, because strategies may load classes at any time.
 */
final class PluginJars {
  static final String SERVICE = "META-INF/services/" + StrategyProvider.class.getName();

  private PluginJars() {}

  /**
   * The providers that a jar names.
   *
   * @throws UsageError if it cannot be read, is no jar, names none, or one of them cannot be made
   */
  static List<StrategyProvider> providers(Path jar) {
    requireService(jar);
    ClassLoader loader = loader(jar);
    List<StrategyProvider> found = new ArrayList<>();
    try {
      for (StrategyProvider p : ServiceLoader.load(StrategyProvider.class, loader)) {
        if (p.getClass().getClassLoader() == loader) {
          found.add(p);
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new UsageError(
          "--plugin '%s' cannot be loaded: %s; was it built for this version of OffloadLab?"
              .formatted(jar, firstLine(why)),
          e);
    }
    if (found.isEmpty()) {
      throw new UsageError(
          "--plugin '%s' names no strategy of its own in %s".formatted(jar, SERVICE));
    }
    return found;
  }

  private static String firstLine(Throwable why) {
    return String.valueOf(why.getMessage()).lines().findFirst().orElse(why.toString());
  }

  private static void requireService(Path jar) {
    if (Files.notExists(jar)) {
      throw new UsageError("--plugin '%s': there is no such file".formatted(jar));
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      if (zip.getEntry(SERVICE) == null) {
        throw new UsageError(
            "--plugin '%s' has no strategies: it needs a file %s that names a class"
                .formatted(jar, SERVICE));
      }
    } catch (ZipException e) {
      throw new UsageError("--plugin '%s' is no jar: %s".formatted(jar, e.getMessage()), e);
    } catch (IOException e) {
      throw new UsageError("--plugin '%s' cannot be read: %s".formatted(jar, Reasons.of(e)), e);
    }
  }

  private static ClassLoader loader(Path jar) {
    try {
      return new URLClassLoader(
          new URL[] {jar.toAbsolutePath().toUri().toURL()}, PluginJars.class.getClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalStateException("every path has an address", e);
    }
  }
}
