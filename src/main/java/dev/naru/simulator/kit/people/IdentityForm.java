package dev.naru.simulator.kit.people;

import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.window.Choice;
import dev.naru.simulator.kit.window.Choice.Group;
import dev.naru.simulator.kit.window.Html;
import dev.naru.simulator.kit.window.Line;
import dev.naru.simulator.kit.window.Outcomes;
import dev.naru.simulator.kit.window.Sheet;
import dev.naru.simulator.kit.window.Sheet.Fact;
import dev.naru.simulator.kit.window.Texts;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The window in which somebody proves who they are: what it asks for and how it may end. Its form
 * sends the names of {@link Input} in lower case, {@code outcome}, and {@code action}, which is
 * {@code verify} or {@code close}; {@code #verify}, {@code #close} and the inputs' names with
 * hyphens are the ids.
 *
 * @param pg whose window it is
 * @param shop who wants to know: a name, or a MID
 * @param providers who may vouch for the person, empty if the PG itself does
 * @param inputs what is asked for; providers beside
 * @param known what the merchant has said already, as the form would send it
 * @param fixed the inputs in which the person may not change that
 */
public record IdentityForm(
    String pg,
    String shop,
    List<Choice> providers,
    Set<Input> inputs,
    Map<Input, String> known,
    Set<Input> fixed) {

  /** The phone companies, and those that rent their networks. */
  static final List<Choice> CARRIERS =
      List.of(
          Choice.of("SKT", "SKT"),
          Choice.of("KT", "KT"),
          Choice.of("LGT", "LG U+"),
          new Choice("SKT_MVNO", "알뜰폰 (SKT)", "Budget carrier (SKT)"),
          new Choice("KT_MVNO", "알뜰폰 (KT)", "Budget carrier (KT)"),
          new Choice("LGT_MVNO", "알뜰폰 (LG U+)", "Budget carrier (LG U+)"));

  private static final List<Choice> GENDERS =
      List.of(new Choice("female", "여성", "Female"), new Choice("male", "남성", "Male"));

  private static final List<Choice> NATIONALITIES =
      List.of(new Choice("domestic", "내국인", "Korean"), new Choice("foreign", "외국인", "Foreign"));

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  public IdentityForm {
    providers = List.copyOf(providers);
    inputs = Set.copyOf(inputs);
    known = Map.copyOf(known);
    fixed = Set.copyOf(fixed);
  }

  /**
   * Who somebody says they are.
   *
   * @param effect what the picked outcome, or else the number, brings about
   */
  public record Given(Map<Input, String> values, Effect effect) {

    /** What was given, or empty. */
    public String get(Input input) {
      return values.getOrDefault(input, "");
    }
  }

  /** What the person sent, or empty if something in it is no answer; then {@link #ask} again. */
  public Optional<Given> read(Map<String, String> form) {
    Map<Input, String> values = new EnumMap<>(Input.class);
    for (Input input : Input.values()) {
      if (isAsked(input)) {
        if (isWrong(input, form)) {
          return Optional.empty();
        }
        values.put(input, value(input, form));
      }
    }
    Effect picked = Outcomes.picked(form);
    Input number = isAsked(Input.CARD_NUMBER) ? Input.CARD_NUMBER : Input.PHONE;
    Effect natural = Cards.effect(values.getOrDefault(number, ""));
    return Optional.of(new Given(values, picked == null ? natural : picked));
  }

  /**
   * The page.
   *
   * @param typed what came before, if that was wrong, else empty
   */
  public Answer ask(Texts texts, Map<String, String> typed) {
    Sheet sheet = new Sheet(texts, "kind-identity", pg);
    List<Group> outcomes =
        isAsked(Input.CARD_NUMBER) ? Outcomes.identityByCard() : Outcomes.identity();
    Html asks = Sheet.facts(List.of(new Fact(texts.get("asked-by"), shop)));
    List<Html> fields =
        Arrays.stream(Input.values())
            .filter(this::isAsked)
            .map(input -> Html.of("<div class=\"field\">{}</div>", field(texts, input, typed)))
            .toList();
    return sheet.show(
        200,
        Html.of("<section class=\"order\">{}</section>", asks),
        Html.of(
            """
            <form method="post" id="window" autocomplete="off" action="?lang={}">
            <div class="person">{}</div>
            {}
            {}
            </form>
            """,
            texts.lang(),
            fields,
            sheet.tester(outcomes, typed.getOrDefault("outcome", "")),
            sheet.buttons("verify", texts.get("verifying"))));
  }

  private Html field(Texts texts, Input input, Map<String, String> typed) {
    String name = input.key();
    String value = value(input, typed);
    return switch (input) {
      case PROVIDER -> Choice.radios(texts, name, offered(input, providers), value);
      case GENDER -> Choice.radios(texts, name, offered(input, GENDERS), value);
      case NATIONALITY -> Choice.radios(texts, name, offered(input, NATIONALITIES), value);
      case CARRIER ->
          Choice.pick(texts, name, List.of(new Group("", offered(input, CARRIERS))), value);
      case NAME, BIRTH, PHONE, CARD_NUMBER -> {
        Line line =
            input == Input.NAME
                ? Line.words(name, texts.get(name), value, 50)
                : Line.digits(name, texts.get(name), value, 20);
        boolean wrong = !typed.isEmpty() && isWrong(input, typed);
        yield line.fixed(isFixed(input)).wrong(wrong ? texts.get("wrong-" + name) : "").html();
      }
    };
  }

  /** All of them, or the one that stands. */
  private List<Choice> offered(Input input, List<Choice> all) {
    List<Choice> one = all.stream().filter(c -> c.value().equals(known.get(input))).toList();
    return isFixed(input) && !one.isEmpty() ? one : all;
  }

  private boolean isAsked(Input input) {
    return input == Input.PROVIDER ? !providers.isEmpty() : inputs.contains(input);
  }

  private boolean isFixed(Input input) {
    return fixed.contains(input) && known.containsKey(input);
  }

  private String value(Input input, Map<String, String> form) {
    String before = known.getOrDefault(input, input.usual);
    String value = isFixed(input) ? before : form.getOrDefault(input.key(), before).strip();
    return switch (input) {
      case BIRTH, PHONE, CARD_NUMBER -> Cards.digits(value);
      case PROVIDER, NAME, GENDER, NATIONALITY, CARRIER -> value;
    };
  }

  private boolean isWrong(Input input, Map<String, String> form) {
    String value = value(input, form);
    return switch (input) {
      case PROVIDER -> providers.stream().noneMatch(p -> p.value().equals(value));
      case BIRTH -> !isDate(value);
      case NAME, GENDER, NATIONALITY, CARRIER, PHONE, CARD_NUMBER -> !value.matches(input.pattern);
    };
  }

  private static boolean isDate(String text) {
    try {
      return text.length() == 8 && LocalDate.parse(text, DATE).getYear() >= 1900;
    } catch (DateTimeParseException noDate) {
      return false;
    }
  }
}
