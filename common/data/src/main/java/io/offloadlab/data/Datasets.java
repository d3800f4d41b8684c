package io.offloadlab.data;

import io.offloadlab.data.Dataset.Download;
import io.offloadlab.data.Dataset.Embedded;
import io.offloadlab.data.Dataset.RemoteFile;
import io.offloadlab.data.Dataset.SplitFiles;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data sets this program knows. */
public final class Datasets {
  private static final String CIFAR_HOME = "https://www.cs.toronto.edu/~kriz/";
  private static final String FASHION_HOME =
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/";
  private static final Normalisation FASHION_STATISTICS =
      new Normalisation(List.of(.2860), List.of(.3530));

  /** 100 classes of 32x32 colour images (Krizhevsky 2009). MD5 03b5dce01913d631647c71ecec9e9cb8. */
  public static final Dataset CIFAR_100 =
      new Dataset(
          "cifar100",
          100,
          new Normalisation(
              List.of(.5070751592371323, .48654887331495095, .4409178433670343),
              List.of(.2673342858792401, .2564384629170883, .27615047132568404)),
          Format.CIFAR_100_BINARY,
          Map.of(
              Split.TRAIN,
              new SplitFiles(List.of("train.bin"), 50_000),
              Split.TEST,
              new SplitFiles(List.of("test.bin"), 10_000)),
          new Download(
              "cifar-100-binary",
              List.of(
                  new RemoteFile(
                      URI.create(CIFAR_HOME + "cifar-100-binary.tar.gz"),
                      168_513_733,
                      "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"))));

  /** 10 classes of 32x32 colour images (Krizhevsky 2009). MD5 c32a1d4ab5d03f1284b67883e8d87530. */
  public static final Dataset CIFAR_10 =
      new Dataset(
          "cifar10",
          10,
          new Normalisation(List.of(.4914, .4822, .4465), List.of(.2023, .1994, .2010)),
          Format.CIFAR_10_BINARY,
          Map.of(
              Split.TRAIN,
              new SplitFiles(
                  List.of(
                      "data_batch_1.bin",
                      "data_batch_2.bin",
                      "data_batch_3.bin",
                      "data_batch_4.bin",
                      "data_batch_5.bin"),
                  50_000),
              Split.TEST,
              new SplitFiles(List.of("test_batch.bin"), 10_000)),
          new Download(
              "cifar-10-batches-bin",
              List.of(
                  new RemoteFile(
                      URI.create(CIFAR_HOME + "cifar-10-binary.tar.gz"),
                      170_052_171,
                      "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"))));

  /** 10 classes of 28x28 grey images of clothing (Xiao, Rasul, Vollgraf 2017). */
  public static final Dataset FASHION_MNIST =
      new Dataset(
          "fashion-mnist",
          10,
          FASHION_STATISTICS,
          Format.IDX,
          Map.of(
              Split.TRAIN,
              new SplitFiles(List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte"), 60_000),
              Split.TEST,
              new SplitFiles(List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"), 10_000)),
          new Download(
              "fashion-mnist",
              List.of(
                  new RemoteFile(
                      URI.create(FASHION_HOME + "train-images-idx3-ubyte.gz"),
                      26_421_880,
                      "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                  new RemoteFile(
                      URI.create(FASHION_HOME + "train-labels-idx1-ubyte.gz"),
                      29_515,
                      "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                  new RemoteFile(
                      URI.create(FASHION_HOME + "t10k-images-idx3-ubyte.gz"),
                      4_422_102,
                      "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                  new RemoteFile(
                      URI.create(FASHION_HOME + "t10k-labels-idx1-ubyte.gz"),
                      5_148,
                      "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"))));

  /** A balanced sample of Fashion-MNIST inside this program, for tests and quick starts. */
  public static final Dataset FASHION_MNIST_SAMPLE =
      new Dataset(
          "fashion-mnist-sample",
          10,
          FASHION_STATISTICS,
          Format.IDX,
          Map.of(
              Split.TRAIN,
              new SplitFiles(List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte"), 4_000),
              Split.TEST,
              new SplitFiles(List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"), 1_000)),
          new Embedded("fashion-mnist-sample"));

  private Datasets() {}

  /** Every data set, the defaults first. */
  public static List<Dataset> all() {
    return List.of(CIFAR_100, CIFAR_10, FASHION_MNIST, FASHION_MNIST_SAMPLE);
  }

  /** The data set of a name; empty if there is none. */
  public static Optional<Dataset> named(String name) {
    return all().stream().filter(d -> d.name().equals(name)).findFirst();
  }
}
