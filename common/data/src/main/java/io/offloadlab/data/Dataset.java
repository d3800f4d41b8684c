package io.offloadlab.data;

import io.offloadlab.graph.Shape;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What must be known of a data set to find, check and read it.
 *
 * @param name as on the command line
 * @param classes number of classes
 * @param normalisation statistics of its training images
 * @param format of its files
 * @param splits the files of each split
 * @param origin where it comes from
 */
public record Dataset(
    String name,
    int classes,
    Normalisation normalisation,
    Format format,
    Map<Split, SplitFiles> splits,
    Origin origin) {

  /**
   * The files that hold a split.
   *
   * @param names without {@code .gz}; for {@link Format#IDX} the images, then the labels
   * @param images number of images in them together; CIFAR's files hold equal shares
   */
  public record SplitFiles(List<String> names, int images) {
    /** Copies the names. */
    public SplitFiles {
      names = List.copyOf(names);
    }
  }

  /** Where a data set comes from. */
  public sealed interface Origin {}

  /**
   * On the data set's home page.
   *
   * @param folder name of the folder its files are unpacked in, as in the official archive
   * @param files what to fetch
   */
  public record Download(String folder, List<RemoteFile> files) implements Origin {
    /** Copies the list. */
    public Download {
      files = List.copyOf(files);
    }
  }

  /**
   * In this program.
   *
   * @param folder of resources beside this class
   */
  public record Embedded(String folder) implements Origin {}

  /**
   * A file on the data set's home page.
   *
   * @param address official address; its last part is the file's name
   * @param bytes exact length
   * @param sha256 of its contents, in hexadecimal
   */
  public record RemoteFile(URI address, long bytes, String sha256) {
    /** The last part of the address. */
    public String name() {
      String path = address.getPath();
      return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether the file holds the data set's files rather than being one. */
    boolean isArchive() {
      return name().endsWith(".tar.gz");
    }
  }

  /** Copies the map. */
  public Dataset {
    splits = Map.copyOf(splits);
  }

  /** Shape of one image as the network sees it: {@code [channels, height, width]}. */
  public Shape shape() {
    return format.normaliser(normalisation).shape();
  }

  /** The files of a split. */
  public SplitFiles files(Split split) {
    return splits.get(split);
  }
}
