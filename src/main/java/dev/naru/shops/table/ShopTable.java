package dev.naru.shops.table;

import dev.naru.connector.Pg;
import dev.naru.shops.table.Kind.Choice;
import dev.naru.shops.table.Kind.Depending;
import dev.naru.shops.table.Kind.Field;
import dev.naru.shops.table.Kind.Flag;
import dev.naru.shops.table.Kind.Several;
import dev.naru.shops.table.Kind.Shape;
import dev.naru.shops.table.Kind.Text;
import dev.naru.shops.table.Kind.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that may stand in a shop file. */
public final class ShopTable {

  private static final int MANY = 1_000;
  private static final int MOST_MEMBERS = 10;
  private static final int MOST_STEPS = 5;
  private static final long LARGEST_WON = 1_000_000_000_000L;

  private static final Shape MEMBER =
      new Shape(
          "a channel of a group",
          List.of(
              required("channel", text(Form.NAME), "a channel of this shop: its key or its name"),
              required("percent", new Whole(0, 100), "its share; all of a group make 100"),
              optional("enabled", new Flag(), "false takes it out for now")));

  private static final Shape PLANNED =
      new Shape(
          "planned",
          List.of(
              required("at", text(Form.MOMENT), "from when on, at a full hour"),
              required("channels", list(MEMBER, MOST_MEMBERS), "the channels from then on")));

  private static final Shape GROUP =
      new Shape(
          "a group",
          List.of(
              optional(
                  "id", text(Form.GROUP_ID), "V1's channel_group_id; made of the name if unset"),
              required("name", text(Form.NAME), "its name"),
              required("channels", list(MEMBER, MOST_MEMBERS), "who shares the payments"),
              optional("planned", PLANNED, "a change that comes by itself")));

  private static final Shape HOOK =
      new Shape(
          "a webhook",
          List.of(
              required("url", text(Form.URL), "where payments are announced"),
              optional("type", new Choice(List.of("json", "form")), "how the body is written"),
              optional(
                  "secret",
                  secret(Form.HOOK_SECRET),
                  "the key that signs, by Standard Webhooks; made if unset")));

  private static final Shape TIER =
      new Shape(
          "a tier",
          List.of(
              required("code", text(Form.TIER_CODE), "V1's tier code"),
              required("name", text(Form.NAME), "the sub-shop's name"),
              optional(
                  "channels",
                  new Several(text(Form.NAME), MANY),
                  "channels of this shop that it uses: keys or names"),
              optional("webhook", HOOK, "its own; else that of this shop")));

  private static final Shape STEP =
      new Shape(
          "a step",
          List.of(
              required("from", new Whole(1, LARGEST_WON), "the least order amount"),
              optional("percent", text(Form.PERCENT), "how much of it is taken off"),
              optional("amount", new Whole(1, LARGEST_WON), "how many won are taken off")));

  private static final Shape PROMOTION =
      new Shape(
          "a promotion",
          List.of(
              optional(
                  "id", text(Form.PROMOTION_ID), "V1's promotion id; made of the name if unset"),
              required("name", text(Form.NAME), "its name"),
              required("card", text(Form.CARD_CODE), "V1's code of the one card company"),
              required("starts", text(Form.MOMENT), "its first day, or moment"),
              required("ends", text(Form.MOMENT), "its last day, or the moment it is over"),
              required("budget", new Whole(1, LARGEST_WON), "the most of all discounts, in won"),
              optional("restores", new Flag(), "whether cancels give budget back; true if unset"),
              optional("most", new Whole(1, LARGEST_WON), "the most that a percentage takes off"),
              required("steps", list(STEP, MOST_STEPS), "all percentages, or all amounts")));

  private static final Shape KEY =
      new Shape(
          "a key",
          List.of(
              required("key", text(Form.REST_KEY), "the REST API key"),
              required("secret", secret(Form.REST_SECRET), "the REST API secret")));

  private ShopTable() {}

  /** The whole file. */
  public static Shape of(List<Pg<?>> pgs) {
    return new Shape(
        "the file", List.of(required("shops", list(shop(pgs), MANY), "the shops of this hub")));
  }

  private static Shape shop(List<Pg<?>> pgs) {
    return new Shape(
        "a shop",
        List.of(
            required("user_code", text(Form.USER_CODE), "what IMP.init is given"),
            optional("name", text(Form.NAME), "its name; the user code if unset"),
            optional("keys", list(KEY, MANY), "what its servers log in with"),
            optional("webhook", HOOK, "where its payments are announced"),
            optional(
                "allow",
                new Several(text(Form.CIDR), 200),
                "addresses from which its keys may be used; all if there are none"),
            optional(
                "recovery_hour",
                new Whole(1, 23),
                "at which hour, in Seoul, failed schedules are charged again"),
            optional("channels", new Several(channel(pgs), MANY), "its contracts with PGs"),
            optional("groups", list(GROUP, MANY), "channels that share payments"),
            optional("tiers", list(TIER, MANY), "its sub-shops"),
            optional("promotions", list(PROMOTION, MANY), "discounts of a card company"),
            optional(
                "accept_any_user_code",
                new Flag(),
                "in a sandbox, whoever comes with an unknown user code comes to this shop")));
  }

  private static Depending channel(List<Pg<?>> pgs) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    pgs.forEach(pg -> shapes.put(pg.code(), channel(pg)));
    pgs.forEach(pg -> pg.aliases().forEach(alias -> shapes.putIfAbsent(alias, channel(pg))));
    return new Depending("a channel", "pg", "the PG's code in V1", shapes);
  }

  private static Shape channel(Pg<?> pg) {
    List<Field> fields = new ArrayList<>();
    fields.add(required("pg", text(Form.NAME), "the PG's code in V1"));
    fields.add(optional("key", text(Form.CHANNEL_KEY), "V1's channel_key; made if unset"));
    fields.add(optional("name", text(Form.NAME), "its name; the PG's if unset"));
    fields.add(
        optional(
            "mode",
            new Choice(List.of("sandbox", "test", "live")),
            "sandbox is the simulators (unset in a sandbox), test the PG's own test system, live"
                + " real money (unset in live mode)"));
    fields.add(optional("default", new Flag(), "taken if a payment names none; else the first is"));
    fields.add(
        optional(
            "accepts_unknown",
            new Flag(),
            "whether it may make charges with real money whose lost answer nobody can find out"));
    List<ConfigFields.Line> config = ConfigFields.of(pg);
    if (!config.getFirst().name().equals(ConfigFields.MID)) {
      fields.add(
          optional(ConfigFields.MID, text(Form.MAYBE), "the same as " + config.getFirst().name()));
    }
    config.forEach(line -> fields.add(line.field()));
    return new Shape("a channel of " + pg.code(), fields);
  }

  private static Field required(String name, Kind kind, String says) {
    return new Field(name, kind, true, says);
  }

  private static Field optional(String name, Kind kind, String says) {
    return new Field(name, kind, false, says);
  }

  private static Text text(Form form) {
    return new Text(form, false);
  }

  private static Text secret(Form form) {
    return new Text(form, true);
  }

  private static Several list(Kind of, int most) {
    return new Several(of, most);
  }
}
