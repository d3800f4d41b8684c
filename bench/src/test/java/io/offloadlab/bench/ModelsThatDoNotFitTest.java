package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.graph.NetworkFamilies;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.models.NetworkCard;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.models.ProfileTies;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every command refuses weights and profiles that do not belong together, and says what to run. */
class ModelsThatDoNotFitTest {
  private static final Pattern COMMAND = Pattern.compile("bin/([a-z-]+) ([^,;]+?)(?=, then |$)");
  private static final ModelDirectory SHIPPED = ModelShelf.find().model("cifar10");

  @TempDir Path folder;

  private record Outcome(int code, String message) {}

  private static Object tool(String name) {
    return switch (name) {
      case "bench" -> new Bench();
      case "branchynet" -> new BranchyNetTool();
      case "legodnn" -> new LegoDnnTool();
      case "ddpg-dec-dnn-io" -> new DdpgTool();
      case "dt-assisted" -> new TwinTool();
      default -> throw new IllegalArgumentException("no tool " + name);
    };
  }

  private static Outcome run(String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    StringWriter err = new StringWriter();
    CommandLine line = CommandLines.line(tool(words.remove(0)));
    line.setErr(new PrintWriter(err));
    int code = line.execute(words.toArray(String[]::new));
    return new Outcome(code, err.toString().strip());
  }

  /** The shipped model, with a profile that says something else. */
  private Path shippedWith(ObjectNode profile) throws IOException {
    for (String file : List.of(ModelDirectory.BACKBONE, ModelDirectory.BLOCKS)) {
      Files.createSymbolicLink(folder.resolve(file), SHIPPED.path().resolve(file));
    }
    new JsonMapper().writeValue(folder.resolve(ModelDirectory.PROFILE).toFile(), profile);
    return folder;
  }

  private static ObjectNode shippedProfile() throws IOException {
    return (ObjectNode)
        new JsonMapper().readTree(SHIPPED.path().resolve(ModelDirectory.PROFILE).toFile());
  }

  /** A network of width 4 with weights of zero. */
  private Path untrained(int classes, int channels, String dataset) {
    NetworkCard card =
        new NetworkCard("resnet18", 4, classes, Shape.of(channels, 32, 32), List.of("exit-3"));
    List<StoredTensor> tensors = new ArrayList<>();
    NetworkFamilies.build("resnet18", classes, 4, card.input())
        .tensors()
        .forEach(
            (name, shape) ->
                tensors.add(
                    StoredTensor.of(
                        name, shape, new float[shape.stream().reduce(1, Math::multiplyExact)])));
    Map<String, String> metadata = new TreeMap<>(card.metadata());
    metadata.put("dataset", dataset);
    SafeTensorsWriter.write(folder.resolve(ModelDirectory.BACKBONE), metadata, tensors);
    return folder;
  }

  /** What a message tells to run can be run: the tools understand every word of it. */
  private static int understood(String message) {
    int commands = 0;
    var found = COMMAND.matcher(message);
    while (found.find()) {
      CommandLines.line(tool(found.group(1))).parseArgs(found.group(2).split(" "));
      commands++;
    }
    return commands;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench compare --dataset fashion-mnist",
        "bench simulate --dataset fashion-mnist",
        "legodnn cloud --dataset fashion-mnist",
        "branchynet evaluate --dataset fashion-mnist",
        "ddpg-dec-dnn-io train --view none --acc 0.5 --dataset fashion-mnist",
        "dt-assisted train --view none --out none --dataset fashion-mnist"
      })
  @DisplayName("a data set without weights is answered with the commands that make them")
  void execute_datasetWithoutWeights_saysHowToTrainThem(String command) {
    Outcome outcome = run(command);

    assertThat(outcome.code).isEqualTo(CommandLines.USAGE);
    assertThat(outcome.message)
        .contains("bin/branchynet train --dataset fashion-mnist --out ")
        .doesNotContain("\n");
    assertThat(understood(outcome.message)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench compare",
        "bench simulate",
        "legodnn cloud",
        "ddpg-dec-dnn-io train --view none --acc 0.5",
        "dt-assisted train --view none --out none"
      })
  @DisplayName("a profile of weights that were trained again since is refused")
  void execute_staleProfile_saysToMeasureAgain(String command) throws IOException {
    ObjectNode profile = shippedProfile();
    ProfileTies ties = ProfileTies.of(SHIPPED);
    Map<String, String> others = new TreeMap<>(ties.weights());
    others.put(ModelDirectory.BACKBONE, "0".repeat(64));
    profile.set(
        ProfileDocument.TIES_FIELD,
        new JsonMapper().valueToTree(new ProfileTies("cifar10", ties.network(), others)));

    Outcome outcome = run(command + " --weights " + shippedWith(profile));

    assertThat(outcome.code).isEqualTo(CommandLines.FAILED);
    assertThat(outcome.message)
        .contains("was measured of another backbone.safetensors (SHA-256 000000000000")
        .doesNotContain("\n");
    assertThat(understood(outcome.message)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench compare --weights DIR --dataset cifar10",
        "bench simulate --weights DIR --dataset cifar10",
        "branchynet evaluate --weights DIR --dataset cifar10",
        "legodnn profile --weights DIR --dataset cifar10",
        "legodnn train --backbone DIR --dataset cifar10 --images cifar100"
      })
  @DisplayName("weights of another data set, class count or image shape are refused")
  void execute_weightsThatDoNotFit_saysWhatDiffers(String command) {
    for (String why :
        List.of("was trained on cifar100", "has 100 classes", "is for images of (1, 32, 32)")) {
      Path model =
          switch (why) {
            case "was trained on cifar100" -> untrained(10, 3, "cifar100");
            case "has 100 classes" -> untrained(100, 3, "cifar10");
            default -> untrained(10, 1, "cifar10");
          };

      Outcome outcome = run(command.replace("DIR", model.toString()));

      assertThat(outcome.code).as(why).isEqualTo(CommandLines.FAILED);
      assertThat(outcome.message).contains(why).doesNotContain("\n");
    }
  }

  @Test
  @DisplayName("images of another shape than the network's are refused before they are read")
  void execute_imagesOfAnotherShape_usageError() {
    Outcome outcome =
        run(
            "legodnn train --dataset cifar10 --images fashion-mnist-sample --backbone "
                + untrained(10, 3, "cifar10"));

    assertThat(outcome.code).isEqualTo(CommandLines.USAGE);
    assertThat(outcome.message).contains("(1, 32, 32), but the network is for (3, 32, 32)");
  }

  @Test
  @DisplayName("a network without blocks and profile is answered with the steps that are left")
  void execute_weightsWithoutBlocks_saysHowToMakeThem() {
    Outcome outcome = run("bench compare --weights " + untrained(10, 3, "cifar10"));

    assertThat(outcome.message).contains("blocks.safetensors and profile.json missing");
    assertThat(understood(outcome.message)).isEqualTo(2);
  }
}
