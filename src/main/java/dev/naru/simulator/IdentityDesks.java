package dev.naru.simulator;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The PGs that verify identities.
 *
 * @param books by PG; KCP's hub and its window share one
 */
record IdentityDesks(Map<String, Verifications> books, IdentityWindows windows) {

  private static final Set<String> REAL = Set.of("kcp_v2", Danal.PG, InicisUnified.PG);

  /** Opens their books. */
  static IdentityDesks open(Index index, Outbox outbox, InstantSource clock) {
    Set<String> pgs = new TreeSet<>(REAL);
    pgs.addAll(Emulation.having("identity"));
    pgs.addAll(Emulation.having("identity.otp"));
    Map<String, Verifications> books = new TreeMap<>();
    pgs.forEach(pg -> books.put(pg, new Verifications(pg, index, outbox, clock)));
    return new IdentityDesks(books, new IdentityWindows(clock));
  }

  Verifications book(String pg) {
    Verifications book = books.get(pg);
    if (book == null) {
      throw new IllegalStateException("no book of " + pg);
    }
    return book;
  }

  /** Those that speak a protocol of their own, and the windows of all. */
  void mount(Web web) {
    web.mount("/_sim/identity", windows::handle);
    web.mount("/kcp_v2", new KcpV2(book("kcp_v2"))::handle);
    web.mount("/kcp_cert", new KcpCert(book("kcp_v2"), windows)::handle);
    web.mount("/danal", new Danal(book(Danal.PG), windows)::handle);
    web.mount("/inicis_unified", new InicisUnified(book(InicisUnified.PG), windows)::handle);
  }

  /** Those with a window that are emulated. */
  Map<String, EmulatedIdentity> emulated() {
    Map<String, EmulatedIdentity> desks = new TreeMap<>();
    for (String pg : Emulation.having("identity")) {
      desks.put(pg, new EmulatedIdentity(pg, book(pg), windows));
    }
    return desks;
  }
}
