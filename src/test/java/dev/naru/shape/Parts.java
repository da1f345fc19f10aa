package dev.naru.shape;

import java.util.Set;
import java.util.stream.Stream;
import org.springframework.modulith.core.ApplicationModuleDetectionStrategy;
import org.springframework.modulith.core.ApplicationModuleInformation;
import org.springframework.modulith.core.JavaPackage;
import org.springframework.modulith.core.NamedInterfaces;

/**
 * A module is a package right below ours. Its parts are its own affair, but for those named here;
 * they are named here and not by an annotation, since the core knows no Spring.
 */
final class Parts implements ApplicationModuleDetectionStrategy {

  private static final Set<String> SHOWN = Set.of("dev.naru.connector.http");

  @Override
  public Stream<JavaPackage> getModuleBasePackages(JavaPackage root) {
    return ApplicationModuleDetectionStrategy.directSubPackage().getModuleBasePackages(root);
  }

  @Override
  public NamedInterfaces detectNamedInterfaces(
      JavaPackage module, ApplicationModuleInformation information) {
    return NamedInterfaces.builder(module)
        .recursive()
        .including(part -> SHOWN.contains(part.getName()))
        .build();
  }
}
