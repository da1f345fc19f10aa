package dev.naru.console.channel;

import dev.naru.account.Action;
import dev.naru.connector.Pg;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Settings;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.merchant.setup.ConfigForm;
import dev.naru.merchant.setup.SetUp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A new channel: first to which PG, then what its contract consists of. */
@ConsolePage
class NewChannelPage {

  private final ChannelSetup channels;
  private final PgDirectory pgs;
  private final Settings settings;

  NewChannelPage(ChannelSetup channels, PgDirectory pgs, Settings settings) {
    this.channels = channels;
    this.pgs = pgs;
    this.settings = settings;
  }

  /** A PG that may be chosen. */
  public record Choice(Pg<?> pg, List<Ability> abilities) {

    public boolean payments() {
      return abilities.stream().anyMatch(Ability::isOfPayments);
    }

    /** In place of the PG's logo. */
    public String mark(boolean korean) {
      return Mark.of(pg, korean);
    }
  }

  /**
   * @param pg null as long as none is chosen
   * @param sample whether what the PG publishes for tests is filled in
   */
  @Needs(Action.INTEGRATION_WRITE)
  @GetMapping(ChannelsPage.CHANNELS + "/new")
  ModelAndView begin(
      Viewer viewer,
      @RequestParam(required = false) @Nullable String pg,
      @RequestParam(required = false) Pg.@Nullable Mode mode,
      @RequestParam(defaultValue = "false") boolean sample) {
    Pg.Mode chosen = Objects.requireNonNullElse(mode, modes().getFirst());
    if (pg == null) {
      return Styled.page("console/channel-pick", "integration")
          .addObject("mode", chosen)
          .addObject("modes", modes())
          .addObject("choices", choices(chosen));
    }
    ConfigForm form = channels.form(pg, chosen);
    Map<String, String> values = sample ? Fields.samples(form) : Map.of();
    return form(form, chosen)
        .addObject("name", viewer.korean() ? form.pg().nameKo() : form.pg().nameEn())
        .addObject("filled", sample)
        .addObject("lines", Fields.lines(form, values, Map.of(), viewer.korean()));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(ChannelsPage.CHANNELS)
  ModelAndView add(
      Viewer viewer,
      @RequestParam String pg,
      @RequestParam Pg.Mode mode,
      @RequestParam Map<String, String> all,
      HttpServletRequest request) {
    ConfigForm form = channels.form(pg, mode);
    String name = all.getOrDefault("name", "");
    Map<String, String> fields = Fields.entered(all);
    boolean accepts = Boolean.parseBoolean(all.get("acceptsUnknown"));
    try {
      ChannelDraft draft = new ChannelDraft(pg, mode, name, null, fields, accepts);
      SetUp made = channels.add(viewer.actor(), viewer.shop().id(), draft);
      return new ModelAndView(
          Frame.back(ChannelsPage.CHANNELS + "/" + made.key(), "channel-added"));
    } catch (Failed failed) {
      var problems = form.read(fields).problems();
      return Said.problem(
          form(form, mode)
              .addObject("name", name)
              .addObject("accepts", accepts)
              .addObject("fieldsWrong", !problems.isEmpty())
              .addObject("lines", Fields.lines(form, fields, problems, viewer.korean())),
          failed,
          request);
    }
  }

  private ModelAndView form(ConfigForm form, Pg.Mode mode) {
    return Styled.page("console/channel-new", "integration")
        .addObject("pg", form.pg())
        .addObject("mode", mode)
        .addObject("abilities", Ability.of(form.pg()))
        .addObject("samples", !Fields.samples(form).isEmpty());
  }

  private List<Pg.Mode> modes() {
    return settings.live() ? List.of(Pg.Mode.LIVE, Pg.Mode.TEST) : List.of(Pg.Mode.SANDBOX);
  }

  /** Those that have an installation of this kind, as the list of PGs has them. */
  private List<Choice> choices(Pg.Mode mode) {
    return pgs.all().stream()
        .filter(pg -> !pg.hosts().getOrDefault(mode, Map.of()).isEmpty())
        .<Choice>map(pg -> new Choice(pg, Ability.of(pg)))
        .toList();
  }
}
