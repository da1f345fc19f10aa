package dev.naru.testing;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hub's classes, read and linked once for all the processes that tests start, by the JDK's AOT
 * cache: each is up in less than half the time. The cache takes jars alone, so ours is made into
 * one. It is kept beside the build until a class or a library changes.
 */
final class LinkedClasses {

  private static final Path KEPT = Path.of("target", "linked");

  /** With its first use, by one start of the hub. */
  private static final class Shared {
    static final List<String> OPTIONS = options();
  }

  private LinkedClasses() {}

  /** What a JVM is told to find them. */
  static List<String> found() {
    return Shared.OPTIONS;
  }

  private static List<String> options() {
    try {
      // The hub's own class path: beans of tests must not be found in it.
      List<String> entries =
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
              .filter(entry -> !entry.endsWith("test-classes"))
              .toList();
      Path home = KEPT.resolve(key(entries));
      Path jar = home.resolve("naru.jar");
      Path cache = home.resolve("naru.aot");
      String classPath = classPath(entries, jar);
      if (!Files.exists(cache) && !make(entries, jar, classPath, cache)) {
        return List.of("-cp", classPath);
      }
      return List.of("-XX:AOTCache=" + cache.toAbsolutePath(), "-cp", classPath);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath(List<String> entries, Path jar) {
    return entries.stream()
        .map(entry -> Files.isDirectory(Path.of(entry)) ? jar.toAbsolutePath().toString() : entry)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Says whether that worked. Tests only take longer without it. */
  private static boolean make(List<String> entries, Path jar, String classPath, Path cache)
      throws IOException {
    clear();
    Files.createDirectories(jar.getParent());
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(jar));
        JarOutputStream packed = new JarOutputStream(file)) {
      for (String entry : entries) {
        Path classes = Path.of(entry);
        if (Files.isDirectory(classes)) {
          pack(classes, packed);
        }
      }
    }
    Path data = Files.createTempDirectory("naru-linked");
    Path made = cache.resolveSibling("making.aot");
    List<String> making = List.of("-XX:AOTCacheOutput=" + made.toAbsolutePath(), "-cp", classPath);
    try (HubProcess trained = HubProcess.start(data, Map.of(), making)) {
      trained.stop();
    } catch (AssertionError tooSlow) {
      System.out.println("The hub starts without a cache of linked classes: " + tooSlow);
      return false;
    }
    Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** With its folders: what looks for the classes of a package asks for the folder. */
  private static void pack(Path classes, JarOutputStream packed) throws IOException {
    try (Stream<Path> all = Files.walk(classes)) {
      for (Path one : all.filter(path -> !path.equals(classes)).sorted().toList()) {
        boolean folder = Files.isDirectory(one);
        packed.putNextEntry(new JarEntry(classes.relativize(one) + (folder ? "/" : "")));
        if (!folder) {
          Files.copy(one, packed);
        }
        packed.closeEntry();
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** What was made of other classes is of no use to anybody. */
  private static void clear() throws IOException {
    if (Files.exists(KEPT)) {
      try (Stream<Path> old = Files.walk(KEPT)) {
        old.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  /** Another one for other files. */
  private static String key(List<String> entries) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
      for (String entry : entries) {
        for (Path file : files(Path.of(entry))) {
          BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
          String line = file + " " + is.size() + " " + is.lastModifiedTime().toMillis() + "\n";
          digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
