package kr.dolbom.caseworker.account;

import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// From which IP address a request comes. `X-Forwarded-For` is believed only where a proxy of `DOLBOM_TRUSTED_PROXIES`
/// sent it: anybody else could write there what they like.
@Singleton
public final class ClientAddress {
    private static final int NETWORK_BYTES = 8;

    private final List<Network> trusted;

    /// @param proxies addresses or networks such as `10.0.0.0/8`, with commas in between; empty for none
    ClientAddress(@Property(name = "dolbom.trusted.proxies", defaultValue = "") String proxies) {
        trusted = Arrays.stream(proxies.split(","))
                .map(String::strip)
                .filter(proxy -> !proxy.isEmpty())
                .map(Network::of)
                .toList();
    }

    /// The address, in numbers.
    public String of(HttpRequest<?> request) {
        InetAddress nearest = request.getRemoteAddress().getAddress();
        if (!isTrusted(nearest)) {
            return nearest.getHostAddress();
        }
        // Every proxy adds at the end whom it heard: the last one that is no proxy of ours is who asked.
        var hops = new ArrayList<String>();
        request.getHeaders().getAll("X-Forwarded-For").forEach(line -> hops.addAll(Arrays.asList(line.split(",", -1))));
        String client = nearest.getHostAddress();
        for (String hop : hops.reversed()) {
            InetAddress address;
            try {
                address = InetAddress.ofLiteral(hop.strip());
            } catch (IllegalArgumentException e) {
                return client;
            }
            client = address.getHostAddress();
            if (!isTrusted(address)) {
                return client;
            }
        }
        return client;
    }

    /// Of which network an address is, for whatever is counted by address. Whoever has one IPv6
    /// address mostly has all of its /64: more than anybody could count.
    ///
    /// @param address in numbers
    /// @return an IPv4 address as it is; of an IPv6 address the first 64 bits
    public static String network(String address) {
        InetAddress parsed = InetAddress.ofLiteral(address.replaceFirst("%.*", ""));
        return parsed instanceof Inet6Address
                ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES) + "/64"
                : address;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private record Network(InetAddress address, int bits) {
        static Network of(String text) {
            String[] parts = text.split("/", 2);
            try {
                InetAddress address = InetAddress.ofLiteral(parts[0]);
                int length = address.getAddress().length * Byte.SIZE;
                int bits = parts.length == 1 ? length : Integer.parseInt(parts[1]);
                if (bits >= 0 && bits <= length) {
                    return new Network(address, bits);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(expected(text), e);
            }
            throw new IllegalArgumentException(expected(text));
        }

        private static String expected(String text) {
            return "DOLBOM_TRUSTED_PROXIES has '%s', expected an address or a network such as 10.0.0.0/8"
                    .formatted(text);
        }

        boolean contains(InetAddress other) {
            byte[] own = address.getAddress();
            byte[] others = other.getAddress();
            if (own.length != others.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 1 << (7 - bit % Byte.SIZE);
                if (((own[bit / Byte.SIZE] ^ others[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
