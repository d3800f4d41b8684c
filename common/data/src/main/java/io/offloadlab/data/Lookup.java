package io.offloadlab.data;

/** Answer of a search for images. */
public sealed interface Lookup {
  /**
   * The images are here.
   *
   * @param images read and checked
   * @param origin where they were found, for the report
   */
  record Found(ImageSet images, String origin) implements Lookup {}

  /**
   * The images are not on this machine and could not be fetched.
   *
   * @param reason one line that completes "images unreachable because …", with what to do
   */
  record Unreachable(String reason) implements Lookup {}
}
