package dev.naru.console.promotion;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Figures;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.promotion.CardCompanies;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Promotions;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One promotion: how its budget stands, and what may be done with it in its state. */
@ConsolePage
class PromotionPage {

  private static final String PATH = PromotionsPage.PATH + "/{id}";

  private final Promotions promotions;
  private final FoundPromotions found;
  private final FileKeeping files;
  private final HubClock clock;

  PromotionPage(Promotions promotions, FoundPromotions found, FileKeeping files, HubClock clock) {
    this.promotions = promotions;
    this.found = found;
    this.files = files;
    this.clock = clock;
  }

  @Needs(Action.PROMOTIONS_READ)
  @GetMapping(PATH)
  ModelAndView promotion(Viewer viewer, @PathVariable String id) {
    Promotion promotion = found.get(viewer, id);
    Figures figures = new Figures(viewer.korean());
    Merchant shop = viewer.requireShop(promotion.merchantId());
    return new ModelAndView("console/promotion")
        .addObject("styles", PromotionRows.STYLES)
        .addObject("shop", shop)
        .addObject("row", PromotionRows.of(promotion, clock.instant(), viewer.korean()))
        .addObject("kept", files.find(kept(promotion)).isPresent())
        .addObject("reserved", figures.won(promotion.books().reserved()))
        .addObject("spent", figures.won(promotion.books().spent()))
        .addObject("made", figures.time(promotion.createdAt()))
        .addObject("changed", figures.time(promotion.updatedAt()))
        .addObject("ended", promotion.endedAt() == null ? null : figures.time(promotion.endedAt()));
  }

  private static Kept.Name kept(Promotion promotion) {
    return new Kept.Name(promotion.merchantId(), Kept.Kind.PROMOTION, promotion.id());
  }

  @Needs(Action.PROMOTIONS_WRITE)
  @GetMapping(PATH + "/edit")
  ModelAndView form(Viewer viewer, @PathVariable String id) {
    Promotion promotion = found.get(viewer, id);
    return form(viewer, promotion, PromotionForm.of(promotion.plan()));
  }

  private ModelAndView form(Viewer viewer, Promotion promotion, PromotionForm form) {
    return new ModelAndView("console/promotion-form")
        .addObject("styles", PromotionRows.STYLES)
        .addObject("shop", viewer.requireShop(promotion.merchantId()))
        .addObject("form", form)
        .addObject("open", PromotionForm.open(promotion.state(clock.instant())))
        .addObject("post", PromotionsPage.PATH + "/" + promotion.id() + "/edit")
        .addObject("back", PromotionsPage.PATH + "/" + promotion.id())
        .addObject("fresh", false)
        .addObject("cards", CardCompanies.names());
  }

  @Needs(Action.PROMOTIONS_WRITE)
  @PostMapping(PATH + "/edit")
  ModelAndView edit(
      Viewer viewer,
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> fields,
      HttpServletRequest request) {
    Promotion promotion = found.get(viewer, id);
    PromotionForm form =
        PromotionForm.of(promotion.plan()).with(fields, promotion.state(clock.instant()));
    try {
      promotions.edit(
          viewer.actor(),
          promotion.merchantId(),
          promotion.id(),
          form.plan(promotion, promotion.state(clock.instant())));
      return new ModelAndView(Frame.back(PromotionsPage.PATH + "/" + id, "promotion-edited"));
    } catch (Failed failed) {
      return Said.problem(form(viewer, promotion, form), failed, request);
    }
  }

  @Needs(Action.PROMOTIONS_WRITE)
  @PostMapping(PATH + "/pause")
  ModelAndView pause(Viewer viewer, @PathVariable String id, HttpServletRequest request) {
    return change(viewer, id, request, "promotion-paused", promotions::pause);
  }

  @Needs(Action.PROMOTIONS_WRITE)
  @PostMapping(PATH + "/resume")
  ModelAndView resume(Viewer viewer, @PathVariable String id, HttpServletRequest request) {
    return change(viewer, id, request, "promotion-resumed", promotions::resume);
  }

  @Needs(Action.PROMOTIONS_WRITE)
  @PostMapping(PATH + "/end")
  ModelAndView end(Viewer viewer, @PathVariable String id, HttpServletRequest request) {
    return change(viewer, id, request, "promotion-ended", promotions::end);
  }

  /** Something that is done to a promotion. */
  private interface Deed {
    Promotion on(Actor actor, long merchantId, String id);
  }

  private ModelAndView change(
      Viewer viewer, String id, HttpServletRequest request, String said, Deed deed) {
    Promotion promotion = found.get(viewer, id);
    try {
      deed.on(viewer.actor(), promotion.merchantId(), id);
      return new ModelAndView(Frame.back(PromotionsPage.PATH + "/" + id, said));
    } catch (Failed failed) {
      return Said.problem(promotion(viewer, id), failed, request);
    }
  }
}
