package kr.dolbom.caseworker;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;

/// Where phones, browsers and Twilio find this program; base of every link and webhook. `DOLBOM_PUBLIC_URL`.
///
/// @param url scheme, host and port, perhaps a path; no slash at the end
@ConfigurationProperties("dolbom.public")
public record PublicAddress(
        @Bindable(defaultValue = "http://127.0.0.1:8080") String url) {
    /// Takes a slash at the end away.
    ///
    /// @throws IllegalArgumentException when it is no http or https URL
    public PublicAddress {
        url = url.replaceFirst("/+$", "");
        if (!url.matches("https?://[^/?#]+[^?#]*")) {
            throw new IllegalArgumentException(
                    "DOLBOM_PUBLIC_URL is '%s', expected a URL such as https://care.example.kr".formatted(url));
        }
    }

    /// The address of a path of ours, which starts with a slash.
    public URI of(String path) {
        return URI.create(url + path);
    }

    /// Scheme, host and port as browsers send them in `Origin`.
    public String origin() {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /// Whether browsers come over TLS.
    public boolean isSecure() {
        return url.startsWith("https:");
    }
}
