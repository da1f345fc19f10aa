package dev.naru.api;

import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /tiers}. The original keeps only GET since 2025; the others are served as before. */
@RestController
class TiersApi {

  private final Tiers tiers;

  TiersApi(Tiers tiers) {
    this.tiers = tiers;
  }

  @GetMapping("/tiers/{code}")
  Envelope get(Merchant merchant, @PathVariable String code) {
    return view(tiers.get(merchant, code));
  }

  @PostMapping("/tiers/{code}")
  Envelope create(Merchant merchant, Actor actor, Params params, @PathVariable String code) {
    return view(
        tiers.create(actor, merchant, code, params.required("tier_name", Tiers.LONGEST_NAME)));
  }

  @PutMapping("/tiers/{code}")
  Envelope rename(Merchant merchant, Actor actor, Params params, @PathVariable String code) {
    return view(
        tiers.rename(actor, merchant, code, params.required("tier_name", Tiers.LONGEST_NAME)));
  }

  @DeleteMapping("/tiers/{code}")
  Envelope delete(Merchant merchant, Actor actor, @PathVariable String code) {
    return view(tiers.delete(actor, merchant, code));
  }

  private static Envelope view(Merchant tier) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("tier_code", tier.tierCode());
    view.put("tier_name", tier.name());
    return Envelope.of(view);
  }
}
