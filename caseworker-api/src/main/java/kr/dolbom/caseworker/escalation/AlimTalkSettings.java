package kr.dolbom.caseworker.escalation;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// The provider of AlimTalk, `DOLBOM_ALIMTALK_…`. Without a URL there is none, and texts go out at once.
///
/// @param url the provider's API, up to what comes before `/messages`; empty for none
/// @param key opens the API and signs what it reports
/// @param senderKey names the office's KakaoTalk channel; empty where the key alone does
/// @param templateKo the code of the approved Korean template
/// @param templateEn the code of the approved English template
/// @param waitTime how long a message may take to be delivered until a text goes out in its place, where
///     the office says nothing else
/// @param connectTimeout how long to wait for a connection
/// @param answerTimeout how long to wait for an answer
@ConfigurationProperties("dolbom.alimtalk")
public record AlimTalkSettings(
        @Bindable(defaultValue = "") String url,
        @Bindable(defaultValue = "") String key,
        @Bindable(defaultValue = "") String senderKey,
        @Bindable(defaultValue = "dolbom-alert-ko") String templateKo,
        @Bindable(defaultValue = "dolbom-alert-en") String templateEn,
        @Bindable(defaultValue = "60s") Duration waitTime,
        @Bindable(defaultValue = "2s") Duration connectTimeout,
        @Bindable(defaultValue = "5s") Duration answerTimeout) {

    /// Takes a slash at the end of the URL away.
    public AlimTalkSettings {
        url = url.replaceFirst("/+$", "");
        if (!url.isEmpty() && !url.matches("https?://[^/?#]+[^?#]*")) {
            throw new IllegalArgumentException(
                    "DOLBOM_ALIMTALK_URL is '%s', expected a URL such as https://api.example.kr/alimtalk/v1"
                            .formatted(url));
        }
        if (!url.isEmpty() && key.isBlank()) {
            throw new IllegalArgumentException("DOLBOM_ALIMTALK_KEY is not set, expected the provider's key");
        }
    }

    /// Whether there is a provider.
    public boolean isSetUp() {
        return !url.isEmpty();
    }

    /// Without the key.
    @Override
    public String toString() {
        return "AlimTalkSettings[" + url + "]";
    }
}
