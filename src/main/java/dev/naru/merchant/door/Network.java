package dev.naru.merchant.door;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** From where somebody comes, as limits count it. */
final class Network {

  private static final int PREFIX = 8;

  private Network() {}

  /** The address; of IPv6 its /64, in which a caller may have as many addresses as it likes. */
  static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address v6
          ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), PREFIX))
          : address;
    } catch (IllegalArgumentException none) {
      return address;
    }
  }
}
