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

  private static final Set<String> SHOWN =
      Set.of(
          "dev.naru.kernel.work",
          "dev.naru.connector.http",
          "dev.naru.connector.order",
          "dev.naru.connector.window",
          "dev.naru.connector.identity",
          "dev.naru.connector.aftercare",
          "dev.naru.connector.facts",
          "dev.naru.payment.flow",
          "dev.naru.payment.store",
          "dev.naru.payment.resolve",
          "dev.naru.payment.notice",
          "dev.naru.payment.proof",
          "dev.naru.merchant.audit",
          "dev.naru.merchant.door",
          "dev.naru.merchant.file",
          "dev.naru.payment.list",
          "dev.naru.payment.story",
          "dev.naru.payment.export",
          "dev.naru.payment.health",
          "dev.naru.merchant.reach",
          "dev.naru.aftercare.escrow",
          "dev.naru.merchant.setup",
          "dev.naru.billing.quick",
          "dev.naru.billing.key",
          "dev.naru.billing.desk",
          "dev.naru.checkout.link",
          "dev.naru.account.entry",
          "dev.naru.account.proof",
          "dev.naru.webhook.log",
          "dev.naru.webhook.setting",
          "dev.naru.attention.desk",
          "dev.naru.start.command");

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
