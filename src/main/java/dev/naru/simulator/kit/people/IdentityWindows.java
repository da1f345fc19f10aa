package dev.naru.simulator.kit.people;

import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.people.IdentityForm.Given;
import dev.naru.simulator.kit.people.Verification.Keys;
import dev.naru.simulator.kit.people.Verification.Somebody;
import dev.naru.simulator.kit.people.Verification.Stage;
import dev.naru.simulator.kit.people.Verifications.No;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.WindowPage;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The windows in which people prove who they are. Who that is, is told to the merchant and kept in
 * memory alone: the book gets the phone, and the keys the person is known by. A window that is open
 * when the simulators stop has to be opened again.
 */
public final class IdentityWindows {

  /** What is asked for where a phone proves it. */
  public static final Set<Input> BY_PHONE =
      Set.of(Input.NAME, Input.BIRTH, Input.GENDER, Input.NATIONALITY, Input.CARRIER, Input.PHONE);

  /** One PG, for which people come to a window. */
  public interface Flow {

    /** The person has gone through: where the browser goes next. */
    Entry.Next passed(Open window);

    /** The person was refused, or closed the window. */
    Entry.Next refused(Open window, No why);

    /** Whether the return tells of a refusal; else the merchant learns of it when it asks. */
    default boolean tellsRefusals() {
      return true;
    }
  }

  /** A window in some browser. */
  public record Open(String pg, String tid, AskedIdentity asked) {}

  /** Who went through a window, and what came of it. */
  private record End(Entry.Next next, Optional<Given> who, Optional<No> refusal) {}

  private record Host(Verifications verifications, Flow flow) {}

  private final Map<String, Host> hosts = new ConcurrentHashMap<>();
  private final Map<String, Open> windows = new ConcurrentHashMap<>();
  private final Map<String, End> ends = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public IdentityWindows(InstantSource clock) {
    this.clock = clock;
  }

  /** Their books were emptied. */
  public synchronized void forget() {
    windows.clear();
    ends.clear();
  }

  /** From now on a PG has windows. */
  public void add(String pg, Verifications verifications, Flow flow) {
    hosts.put(pg, new Host(verifications, flow));
  }

  /** Makes a window under a transaction; an order that has one keeps it. */
  public synchronized Open make(String pg, AskedIdentity asked, String tid) {
    Verifications verifications = host(pg).verifications();
    Open known =
        verifications
            .ofOrder(asked.merchant(), asked.order())
            .map(Verification::tid)
            .map(windows::get)
            .orElse(null);
    if (known != null) {
      return known;
    }
    verifications.opened(asked.merchant(), asked.order(), tid);
    return put(new Open(pg, tid, asked));
  }

  /** The same window, of which more is known now. */
  public Open put(Open window) {
    windows.put(window.tid(), window);
    return window;
  }

  /** By its transaction. */
  public Optional<Open> find(String pg, String tid) {
    return Optional.ofNullable(windows.get(tid)).filter(window -> window.pg().equals(pg));
  }

  /** Sends a browser to its window. */
  public static Answer enter(Call call, Open window) {
    String lang = call.params().get("lang");
    return Answer.Reply.redirect(
        "/_sim/identity/"
            + window.pg()
            + "/"
            + window.tid()
            + (lang == null ? "" : "?lang=" + (lang.equals("en") ? "en" : "ko")));
  }

  /** Who went through; empty if nobody did, or the simulators were started since. */
  public Optional<Given> person(String tid) {
    return Optional.ofNullable(ends.get(tid)).flatMap(End::who);
  }

  /** Why they were refused. */
  public Optional<No> refusal(String tid) {
    return Optional.ofNullable(ends.get(tid)).flatMap(End::refusal);
  }

  /** Paths are {@code /{pg}/{tid}}. */
  public Answer handle(Call call) {
    String[] path = call.path().split("/", -1);
    Open window = path.length == 3 ? find(path[1], path[2]).orElse(null) : null;
    if (window == null) {
      return Answer.Reply.text(404, "text/plain;charset=UTF-8", "no such window\n");
    }
    Texts texts = Texts.of(call);
    return call.method().equals("POST")
        ? pressed(window, texts, call.form())
        : shown(window, texts, Map.of());
  }

  private Answer shown(Open window, Texts texts, Map<String, String> typed) {
    End end = ends.get(window.tid());
    return end == null
        ? window.asked().form().ask(texts, typed)
        : WindowPage.leave(texts, end.next());
  }

  private synchronized Answer pressed(Open window, Texts texts, Map<String, String> form) {
    if (!ends.containsKey(window.tid())) {
      if (form.getOrDefault("action", "").equals("close")) {
        closed(window);
      } else {
        window.asked().form().read(form).ifPresent(given -> gone(window, given));
      }
    }
    return shown(window, texts, form);
  }

  private void closed(Open window) {
    Host host = host(window.pg());
    host.verifications().shown(window.tid(), Stage.DENIED, "", Effect.APPROVE, new Keys("", ""));
    Entry.Next next = host.flow().refused(window, No.CLOSED);
    ends.put(window.tid(), new End(next, Optional.empty(), Optional.of(No.CLOSED)));
  }

  private void gone(Open window, Given given) {
    Host host = host(window.pg());
    Optional<No> no = refusal(window, given);
    Keys keys = Keys.of(window.asked().merchant(), somebody(given));
    Stage stage = no.isEmpty() ? Stage.APPROVED : Stage.REFUSED;
    host.verifications().shown(window.tid(), stage, given.get(Input.PHONE), given.effect(), keys);
    Entry.Next next =
        no.isPresent() && host.flow().tellsRefusals()
            ? host.flow().refused(window, no.get())
            : host.flow().passed(window);
    ends.put(window.tid(), new End(next, Optional.of(given), no));
  }

  /** Who it is, in the notation that is the same for all simulators. */
  private static Somebody somebody(Given given) {
    return new Somebody(
        given.get(Input.NAME),
        given.get(Input.BIRTH),
        given.get(Input.GENDER),
        given.get(Input.NATIONALITY).isEmpty() ? "domestic" : given.get(Input.NATIONALITY));
  }

  /** Card companies have more reasons than carriers: those that are not a carrier's are alike. */
  private Optional<No> refusal(Open window, Given given) {
    if (isTooYoung(window.asked().minAge(), given.get(Input.BIRTH))) {
      return Optional.of(No.TOO_YOUNG);
    }
    Optional<No> no = Verifications.refusal(given.effect());
    return no.isEmpty() && given.effect().declines() ? Optional.of(No.REFUSED) : no;
  }

  private boolean isTooYoung(int minAge, String birth) {
    int today = Integer.parseInt(Seoul.date(clock.instant()));
    return minAge > 0 && today - Integer.parseInt(birth) < minAge * 10_000;
  }

  private Host host(String pg) {
    Host host = hosts.get(pg);
    if (host == null) {
      throw new IllegalStateException("no identity windows of " + pg);
    }
    return host;
  }
}
