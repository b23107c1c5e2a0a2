package kr.dolbom.caseworker.push;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Push services, `DOLBOM_PUSH_…`.
///
/// @param hosts where messages may be sent: names of hosts, `*.example.com` for all below one. A
///     subscription names its push service itself, and must not lead us anywhere else
/// @param contact by whom the push services find whoever runs this platform, `mailto:…` or `https:…`;
///     empty: the public address
/// @param keepFor how long a push service keeps a message for a browser that is away
/// @param connectTimeout how long to wait for a connection
/// @param answerTimeout how long to wait for an answer
@ConfigurationProperties("dolbom.push")
public record PushSettings(
        @Bindable(defaultValue = "fcm.googleapis.com,*.push.services.mozilla.com,*.notify.windows.com,*.push.apple.com")
        List<String> hosts,

        @Bindable(defaultValue = "") String contact,
        @Bindable(defaultValue = "10m") Duration keepFor,
        @Bindable(defaultValue = "2s") Duration connectTimeout,
        @Bindable(defaultValue = "5s") Duration answerTimeout) {

    /// Keeps its own copy.
    public PushSettings {
        hosts = List.copyOf(hosts);
    }

    /// Whether this is the address of a push service: https, but for a stand-in on the own machine.
    boolean isPushService(URI endpoint) {
        String host = endpoint.getHost();
        boolean isOwnMachine = "127.0.0.1".equals(host);
        return host != null
                && ("https".equals(endpoint.getScheme()) || (isOwnMachine && "http".equals(endpoint.getScheme())))
                && endpoint.getUserInfo() == null
                && hosts.stream()
                        .anyMatch(known ->
                                known.startsWith("*.") ? host.endsWith(known.substring(1)) : host.equals(known));
    }
}
