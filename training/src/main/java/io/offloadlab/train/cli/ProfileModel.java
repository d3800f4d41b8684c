package io.offloadlab.train.cli;

import io.offloadlab.data.Dataset;
import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Split;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.nn.Engine;
import io.offloadlab.progress.Bars;
import io.offloadlab.train.profile.ProfileRun;
import io.offloadlab.train.profile.ProfileStamp;
import java.io.PrintWriter;
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
  private static final int COMBINATIONS = 60;
  private static final long SEED = 2026;

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
      names = "--block-samples",
      paramLabel = "N",
      description =
          "Images of these, at most, to measure blocks and combinations on: every image takes a hundred networks. Default: all.")
  private Integer blockSamples;

  @Option(
      names = "--combinations",
      paramLabel = "N",
      description = "Random networks of variants to measure. Default: " + COMBINATIONS + ".")
  private Integer combinations;

  @Option(
      names = {"--compress-layer-max-ratio", "--compress_layer_max_ratio"},
      paramLabel = "R",
      defaultValue = "0.2",
      description = "Most of the convolutions that one block may hold. Default: ${DEFAULT-VALUE}.")
  private double ratio;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides samples and combinations. Default: " + SEED + ".")
  private Long seed;

  @Option(
      names = "--again",
      description =
          "Measures what the profile that is there measured: its images, its networks of variants.")
  private boolean again;

  @Option(
      names = "--stamp",
      description =
          "Measures nothing: ties a profile that does not say which weights it was measured of to"
              + " those that lie beside it.")
  private boolean stamp;

  @Spec private CommandSpec spec;

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  @Override
  public Integer call() {
    if (!machine.mistake().isEmpty()) {
      throw wrong(machine.mistake());
    }
    if ((samples != null && samples < 2)
        || (blockSamples != null && blockSamples < 2)
        || (combinations != null && combinations < 0)) {
      throw wrong("--samples and --block-samples are at least 2 and --combinations at least 0");
    }
    if (!(ratio > 0 && ratio <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--compress-layer-max-ratio is in (0, 1], not " + ratio);
    }
    choice.check(spec);
    Dataset dataset = data.dataset(spec);
    ModelDirectory model = new ModelDirectory(dataset.name(), weights);
    model.requireFor(dataset.classes(), dataset.shape());
    if (stamp) {
      print(ProfileStamp.stamp(model));
      return 0;
    }
    ProfileRun run = new ProfileRun(extent(model), ratio, names(model));
    ImageSet images = data.images(dataset, Split.TEST);
    int total = run.total(images.size());
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
          .forEach(this::print);
    }
    return 0;
  }

  private ProfileRun.Extent extent(ModelDirectory model) {
    if (!again) {
      return new ProfileRun.Drawn(
          samples == null ? Integer.MAX_VALUE : samples,
          blockSamples == null ? Integer.MAX_VALUE : blockSamples,
          combinations == null ? COMBINATIONS : combinations,
          seed == null ? SEED : seed);
    }
    if (samples != null
        || blockSamples != null
        || combinations != null
        || seed != null
        || choice.isGiven()) {
      throw wrong(
          "--again measures what was measured: without --samples, --block-samples, --combinations, --seed or --blocks");
    }
    ProfileDocument before = model.writtenProfile();
    return new ProfileRun.Again(before.all(), model.exitFigures(before));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Set<String> names(ModelDirectory model) {
    if (again) {
      return model.writtenProfile().all().blocks().stream()
          .filter(b -> b.variants().size() > 1)
          .map(ModelProfile.Block::name)
          .collect(Collectors.toSet());
    }
    return choice.isGiven()
        ? choice.of(BlockDetection.detect(model.network(), ratio).blocks(), spec).stream()
            .map(Piece::name)
            .collect(Collectors.toSet())
        : Set.of();
  }
}
