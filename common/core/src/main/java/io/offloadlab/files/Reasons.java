package io.offloadlab.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Why a file could not be used, in words for people: Java often gives a path and a class name. */
public final class Reasons {
  private Reasons() {}

  /** As {@code permission denied} or {@code No space left on device}. */
  public static String of(IOException e) {
    if (e instanceof FileSystemException f) {
      return Optional.ofNullable(f.getReason()).orElseGet(() -> named(f));
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    return Optional.ofNullable(e.getMessage())
        .orElse("it cannot be read or written for a reason that the system does not tell");
  }

  private static String named(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    if (e instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "it is a folder that is not empty";
    }
    return e instanceof FileSystemLoopException
        ? "its links lead in a circle"
        : "the file system refuses '%s'".formatted(e.getFile());
  }
}
