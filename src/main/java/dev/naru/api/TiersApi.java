package dev.naru.api;

import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
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
  Envelope create(Merchant merchant, Params params, @PathVariable String code) {
    return view(tiers.create(merchant, code, params.required("tier_name", Tiers.LONGEST_NAME)));
  }

  @PutMapping("/tiers/{code}")
  Envelope rename(Merchant merchant, Params params, @PathVariable String code) {
    return view(tiers.rename(merchant, code, params.required("tier_name", Tiers.LONGEST_NAME)));
  }

  @DeleteMapping("/tiers/{code}")
  Envelope delete(Merchant merchant, @PathVariable String code) {
    return view(tiers.delete(merchant, code));
  }

  private static Envelope view(Merchant tier) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("tier_code", tier.tierCode());
    view.put("tier_name", tier.name());
    return Envelope.of(view);
  }
}
