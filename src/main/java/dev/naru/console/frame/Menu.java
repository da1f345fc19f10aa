package dev.naru.console.frame;

import dev.naru.account.Action;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** The navigation: what an account may see, in its order, as the look's frame takes it. */
final class Menu {

  /**
   * Pages under one title.
   *
   * @param title null for those above all titles
   */
  public record Group(@Nullable String title, List<Item> items) {}

  /**
   * A page.
   *
   * @param icon a symbol of the look's
   * @param current whether it is the page shown, or one below it
   * @param count how many matters wait there
   * @param tab whether it stands at the bottom on phones
   */
  public record Item(
      String label, String href, String icon, boolean current, int count, boolean tab) {}

  private record Page(
      String group, String key, String path, String icon, Action needs, boolean tab) {

    Page at(String other) {
      return new Page(group, key, other, icon, needs, tab);
    }

    /** One that stands at the bottom on phones. */
    Page onPhones() {
      return new Page(group, key, path, icon, needs, true);
    }
  }

  /** Every page there is: a line for each that people go to; four at most are tabs. */
  private static final List<Page> PAGES =
      List.of(
          page("", "home", "home", Action.OWN_ACCOUNT).at("/console").onPhones(),
          page("", "attention", "pulse", Action.ATTENTION_READ).onPhones(),
          page("pay", "payments", "card", Action.PAYMENTS_READ).onPhones(),
          page("pay", "subscriptions", "calendar", Action.BILLING_READ),
          page("pay", "links", "link", Action.LINKS_READ),
          page("pay", "promotions", "tag", Action.PROMOTIONS_READ),
          page("pay", "identity", "person", Action.CERTIFICATIONS_READ),
          page("integration", "channels", "plug", Action.INTEGRATION_READ),
          page("integration", "groups", "route", Action.INTEGRATION_READ),
          page("integration", "identifiers", "key", Action.INTEGRATION_READ)
              .at("/console/integration"),
          page("integration", "webhooks", "hook", Action.WEBHOOKS_READ),
          page("manage", "sub-shops", "building", Action.SUBSHOPS_READ),
          page("manage", "members", "people", Action.ACCOUNTS_READ),
          page("manage", "audit", "document", Action.AUDIT_READ));

  /** A page at {@code /console/{key}}, whose name is the text {@code menu.{key}}. */
  private static Page page(String group, String key, String icon, Action needs) {
    return new Page(group, key, "/console/" + key, icon, needs, false);
  }

  private Menu() {}

  /**
   * @param open how many matters are open
   */
  static List<Group> of(Viewer viewer, String path, int open, MessageSource texts) {
    Locale locale = viewer.korean() ? Locale.KOREAN : Locale.ENGLISH;
    List<Page> seen = PAGES.stream().filter(page -> viewer.may(page.needs())).toList();
    return seen.stream()
        .map(Page::group)
        .distinct()
        .map(
            group ->
                new Group(
                    group.isEmpty() ? null : text(group, texts, locale),
                    seen.stream()
                        .filter(page -> page.group().equals(group))
                        .map(page -> item(page, path, open, text(page.key(), texts, locale)))
                        .toList()))
        .toList();
  }

  private static Item item(Page page, String path, int open, String label) {
    boolean current =
        path.equals(page.path())
            || (!page.path().equals("/console") && path.startsWith(page.path() + "/"));
    int count = page.key().equals("attention") ? open : 0;
    return new Item(label, page.path(), page.icon(), current, count, page.tab());
  }

  private static String text(String key, MessageSource texts, Locale locale) {
    return Objects.requireNonNull(texts.getMessage("menu." + key, null, locale));
  }
}
