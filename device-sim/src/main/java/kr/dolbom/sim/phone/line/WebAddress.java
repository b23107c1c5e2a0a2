package kr.dolbom.sim.phone.line;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Addresses that Twilio can call.
///
/// Twilio refuses addresses on the caller's own machine; the simulator lives there and takes them.
public final class WebAddress {
    private WebAddress() {}

    /// The address, or empty when it is not an absolute http or https address with a host.
    public static Optional<URI> parse(String address) {
        try {
            URI uri = new URI(address);
            return isAbsolute(uri) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static boolean isAbsolute(URI uri) {
        return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    }
}
