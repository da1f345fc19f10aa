package dev.naru.attention;

/**
 * Kinds of matters that the hub cannot settle alone.
 *
 * <p>{@code about} of a matter is the imp_uid where it concerns a payment, else what is named here.
 */
public enum What {
  /** A charge whose outcome the PG does not tell. */
  OUTCOME_UNKNOWN("결제 결과를 PG사에서 확인할 수 없습니다."),
  /** A cancel whose outcome the PG does not tell. */
  CANCEL_UNDECIDED("취소 결과를 PG사에서 확인할 수 없습니다."),
  /** A cancel that the hub has to make and the PG refuses. */
  CANCEL_REFUSED("PG사가 취소를 거절하고 있습니다."),
  /** Money that must go back, and that the PG does not give back. */
  REVERSAL_REFUSED("돌려줘야 할 승인을 PG사가 취소해 주지 않습니다."),
  /** Money came in for an order that was paid otherwise. */
  PAID_OTHERWISE("이미 결제된 주문에 다시 입금되었습니다."),
  /** The PG's books cannot be read: of a payment, or of a channel by its key. */
  LOOKUP_FAILS("PG사 거래 조회가 계속 실패합니다."),
  /** The PG's balance of a payment is one that no cancel explains. */
  BALANCE_UNEXPLAINED("PG사의 잔액이 취소 내역과 맞지 않습니다."),
  /** A webhook that nobody took for days. */
  WEBHOOK_GIVEN_UP("웹훅을 끝내 전달하지 못했습니다."),
  /** An endpoint that keeps failing, by its address: it is tried rarely. */
  ENDPOINT_PARKED("웹훅 수신 서버가 계속 응답하지 않습니다."),
  /** Work that fails whenever it is done: of a payment, or a loop by its name. */
  JOB_FAILS("작업이 계속 실패합니다."),
  /** A PG refuses a channel's credentials; by the channel's key. */
  CREDENTIALS_FAIL("PG사가 채널의 인증 정보를 거절합니다."),
  /** A clock that differs from ours; by whose it is: a PG's host, or a database. */
  CLOCK_DIFFERS("시계가 서로 다릅니다."),
  /** The books do not balance, or a row is not what its events say. */
  BOOKS_DIFFER("장부가 맞지 않습니다."),
  /** A charge that only tested a card, and that is not given back. */
  TEST_CHARGE_STANDS("카드 확인용 결제가 취소되지 않았습니다."),
  /** A PG that does not answer; by its code. */
  PG_UNREACHABLE("PG사에 연결되지 않습니다."),
  /** The PG has charged, and does not tell what it calls the charge. */
  CHARGE_WITHOUT_REFERENCE("PG사에서 승인되었으나 거래번호를 알 수 없습니다."),
  /** A notice of a PG that cannot be read; by the channel's key. */
  NOTICE_UNREADABLE("PG사의 통지를 읽을 수 없습니다.");

  private final String title;

  What(String title) {
    this.title = title;
  }

  /** What it is, as the operator is told. */
  public String title() {
    return title;
  }
}
