package dev.naru.connector.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells the addresses of the public Internet from all others: private, loopback, link-local (the
 * metadata of clouds), carrier-grade NAT, multicast, documentation, and IPv6 forms that carry one
 * of those.
 */
final class PublicAddress {

  /** A range of addresses: its first bytes, and how many bits of them count. */
  private record Range(byte[] start, int bits) {

    static Range of(String cidr) {
      int slash = cidr.indexOf('/');
      return new Range(
          InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress(),
          Integer.parseInt(cidr.substring(slash + 1)));
    }

    boolean has(byte[] address) {
      int whole = bits / 8;
      int rest = (0xff << (8 - bits % 8)) & 0xff;
      return Arrays.equals(start, 0, whole, address, 0, whole)
          && (bits % 8 == 0 || ((start[whole] ^ address[whole]) & rest) == 0);
    }
  }

  private static final List<Range> NOT_PUBLIC_4 =
      List.of(
          Range.of("0.0.0.0/8"),
          Range.of("10.0.0.0/8"),
          Range.of("100.64.0.0/10"),
          Range.of("127.0.0.0/8"),
          Range.of("169.254.0.0/16"),
          Range.of("172.16.0.0/12"),
          Range.of("192.0.0.0/24"),
          Range.of("192.0.2.0/24"),
          Range.of("192.88.99.0/24"),
          Range.of("192.168.0.0/16"),
          Range.of("198.18.0.0/15"),
          Range.of("198.51.100.0/24"),
          Range.of("203.0.113.0/24"),
          Range.of("224.0.0.0/3"));

  /**
   * All that is public in IPv6 is in here; the rest, {@code ::1} and {@code fc00::} too, is not.
   */
  private static final Range GLOBAL_6 = Range.of("2000::/3");

  /** Teredo, benchmarks and other protocols; 6to4; documentation. */
  private static final List<Range> NOT_PUBLIC_6 =
      List.of(
          Range.of("2001::/23"),
          Range.of("2001:db8::/32"),
          Range.of("2002::/16"),
          Range.of("3fff::/20"));

  /** NAT64: the last four bytes are the IPv4 address that is really reached. */
  private static final Range NAT64 = Range.of("64:ff9b::/96");

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? isPublic6(bytes)
        : NOT_PUBLIC_4.stream().noneMatch(range -> range.has(bytes));
  }

  // Java itself turns IPv4-mapped addresses (::ffff:a.b.c.d) into IPv4 ones.
  private static boolean isPublic6(byte[] bytes) {
    if (NAT64.has(bytes)) {
      return is(fourOf(bytes));
    }
    return GLOBAL_6.has(bytes) && NOT_PUBLIC_6.stream().noneMatch(range -> range.has(bytes));
  }

  private static InetAddress fourOf(byte[] six) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(six, 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
