package dev.naru.simulator.danal;

import dev.naru.simulator.kit.facts.Form;
import dev.naru.simulator.kit.people.IdentityForm.Given;
import dev.naru.simulator.kit.people.IdentityWindows.Open;
import dev.naru.simulator.kit.people.Input;
import dev.naru.simulator.kit.people.Verification;
import dev.naru.simulator.kit.people.Verifications.No;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Danal tells. */
record DanalTold(Open window, Given person, boolean dob) {

  Answer.Reply certified(Verification verification) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("TID", verification.tid());
    fields.put("NAME", person.get(Input.NAME));
    if (dob) {
      fields.put("DOB", person.get(Input.BIRTH));
      fields.put("SEX", person.get(Input.GENDER).equals("male") ? "1" : "2");
    } else {
      fields.put("IDEN", person.get(Input.BIRTH).substring(2) + seventh());
    }
    fields.put("CI", verification.keys().ci());
    fields.put("DI", verification.keys().di());
    fields.put("PHONE", person.get(Input.PHONE));
    fields.put(
        "TELECOM", person.get(Input.CARRIER).equals("KT") ? "KTF" : person.get(Input.CARRIER));
    fields.put("ORDERID", window.asked().order());
    fields.put("USERID", "");
    return reply("0000", "성공", fields);
  }

  /** As in a resident number: odd for men, 5 and more for foreigners, other ones from 2000. */
  private int seventh() {
    int digit = person.get(Input.GENDER).equals("male") ? 1 : 2;
    digit += person.get(Input.BIRTH).startsWith("19") ? 0 : 2;
    return digit + (person.get(Input.NATIONALITY).equals("foreign") ? 4 : 0);
  }

  static Answer.Reply no(No why) {
    return reply(Danal.CODES.of(why).code(), Danal.CODES.of(why).text(), Map.of());
  }

  static Answer.Reply reply(String code, String text, Map<String, String> more) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("RETURNCODE", code);
    fields.put("RETURNMSG", text);
    fields.putAll(more);
    return new Answer.Reply(
        200,
        Form.encode(fields, Call.EUC_KR),
        Call.EUC_KR,
        Map.of("Content-Type", "text/plain;charset=EUC-KR"));
  }
}
