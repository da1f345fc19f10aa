package dev.naru.api;

import dev.naru.api.wire.Envelope;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /cards} and {@code /banks}. */
@RestController
class CodesApi {

  /** V1's StandardCode. */
  record CodeView(String code, String name) {}

  @GetMapping("/cards")
  Envelope cards(Merchant merchant) {
    return Envelope.of(all(Codes.CARDS));
  }

  @GetMapping("/cards/{code}")
  Envelope card(Merchant merchant, @PathVariable String code) {
    return Envelope.of(one(Codes.CARDS, code, Refusal.UNKNOWN_CARD_CODE));
  }

  @GetMapping("/banks")
  Envelope banks(Merchant merchant) {
    return Envelope.of(all(Codes.BANKS));
  }

  @GetMapping("/banks/{code}")
  Envelope bank(Merchant merchant, @PathVariable String code) {
    return Envelope.of(one(Codes.BANKS, code, Refusal.UNKNOWN_BANK_CODE));
  }

  private static List<CodeView> all(Map<String, String> names) {
    return names.entrySet().stream()
        .map(entry -> new CodeView(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static CodeView one(Map<String, String> names, String code, Refusal unknown) {
    String name = names.get(code);
    if (name == null) {
      throw Failed.notFound(unknown);
    }
    return new CodeView(code, name);
  }
}
