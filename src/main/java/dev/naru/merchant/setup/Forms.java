package dev.naru.merchant.setup;

import static dev.naru.merchant.Refusal.NO_SANDBOX_HERE;
import static dev.naru.merchant.Refusal.NO_SUCH_MODE;
import static dev.naru.merchant.Refusal.NO_SUCH_PG;
import static dev.naru.merchant.Refusal.SANDBOX_ONLY;

import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Settings;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.merchant.reach.ReturnAddresses;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The forms of the channels that this hub may have. */
@Component
public class Forms {

  private final PgDirectory pgs;
  private final Settings settings;

  Forms(PgDirectory pgs, Settings settings) {
    this.pgs = pgs;
    this.settings = settings;
  }

  /** A PG by its code, if this hub has it. */
  public Optional<Pg<?>> known(String code) {
    return pgs.find(code);
  }

  /** Throws {@link Failed} invalid for a PG that this hub does not have. */
  public Pg<?> pg(String code) {
    return known(code).orElseThrow(() -> Failed.invalid(NO_SUCH_PG));
  }

  /** Throws {@link Failed} invalid for a PG or a mode that this hub does not have. */
  public ConfigForm of(String pgCode, Pg.Mode mode) {
    Pg<?> pg = pg(pgCode);
    boolean here = settings.live() ? mode != Pg.Mode.SANDBOX : mode == Pg.Mode.SANDBOX;
    if (!here) {
      throw Failed.invalid(settings.live() ? NO_SANDBOX_HERE : SANDBOX_ONLY);
    }
    if (pg.hosts().getOrDefault(mode, Map.of()).isEmpty()) {
      throw Failed.invalid(NO_SUCH_MODE, pg.name());
    }
    return ConfigForm.of(pg, mode);
  }

  /**
   * The config of a new channel of a merchant.
   *
   * @throws Failed invalid with all that is wrong with its fields, and if the hub's addresses are
   *     too long for the PG
   */
  public Record read(ConfigForm form, ChannelDraft draft, long merchantId) {
    Record config = form.read(draft.fields()).orThrow();
    ReturnAddresses.require(form.pg(), settings.baseUrl(), merchantId);
    return config;
  }
}
