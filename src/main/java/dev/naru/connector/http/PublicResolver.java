package dev.naru.connector.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Gives the client only addresses it may connect to; literal addresses come through here too.
 *
 * @param also hosts that may be reached in live mode, wherever they are
 */
record PublicResolver(boolean live, Set<String> also) implements DnsResolver {

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    if (!live || also.contains(host)) {
      return all;
    }
    InetAddress[] open = Arrays.stream(all).filter(PublicAddress::is).toArray(InetAddress[]::new);
    if (open.length == 0) {
      throw new Refused(host);
    }
    return open;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** The address is not public. */
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1;

    Refused(String host) {
      super(host + " is not on the public Internet");
    }
  }
}
