package io.offloadlab.train.cli;

import io.offloadlab.data.Dataset;
import io.offloadlab.data.Split;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.nn.Engine;
import io.offloadlab.progress.Bars;
import io.offloadlab.train.profile.ProfileRun;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code legodnn profile}: accuracy of exits, blocks and combinations. */
@Command(
    name = "profile",
    description =
        "Measures a model on test images and writes the profile that strategies plan with.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class ProfileModel implements Callable<Integer> {
  @Mixin private DataOptions data;
  @Mixin private MachineOptions machine;
  @Mixin private BlockChoice choice;

  @Option(
      names = "--weights",
      paramLabel = "DIR",
      required = true,
      description = "Folder with backbone.safetensors and blocks.safetensors; takes profile.json.")
  private Path weights;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "Test images to use at most; the profile has confidence intervals. Default: all.")
  private Integer samples;

  @Option(
      names = "--combinations",
      paramLabel = "N",
      defaultValue = "60",
      description = "Random networks of variants to measure. Default: ${DEFAULT-VALUE}.")
  private int combinations;

  @Option(
      names = {"--compress-layer-max-ratio", "--compress_layer_max_ratio"},
      paramLabel = "R",
      defaultValue = "0.2",
      description = "Most of the convolutions that one block may hold. Default: ${DEFAULT-VALUE}.")
  private double ratio;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "2026",
      description = "Decides samples and combinations. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!machine.mistake().isEmpty()) {
      throw new ParameterException(spec.commandLine(), machine.mistake());
    }
    if ((samples != null && samples < 2) || combinations < 0) {
      throw new ParameterException(
          spec.commandLine(), "--samples is at least 2 and --combinations at least 0");
    }
    if (!(ratio > 0 && ratio <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--compress-layer-max-ratio is in (0, 1], not " + ratio);
    }
    choice.check(spec);
    Dataset dataset = data.dataset(spec);
    ModelDirectory model = new ModelDirectory(dataset.name(), weights);
    int most = samples == null ? Integer.MAX_VALUE : samples;
    ProfileRun run = new ProfileRun(most, combinations, ratio, names(model), seed);
    var images = data.images(dataset, Split.TEST);
    int total = Math.min(most, images.size());
    try (Engine engine = machine.engine();
        ProgressBar bar =
            Bars.named("profile")
                .map(b -> b.setInitialMax(total).setUnit(" images", 1).build())
                .orElse(null)) {
      run.run(
              engine,
              model,
              images,
              done -> {
                if (bar != null) {
                  bar.stepTo(done);
                }
              })
          .forEach(System.out::println);
    }
    return 0;
  }

  private Set<String> names(ModelDirectory model) {
    return choice.isGiven()
        ? choice.of(BlockDetection.detect(model.network(), ratio).blocks(), spec).stream()
            .map(Piece::name)
            .collect(Collectors.toSet())
        : Set.of();
  }
}
