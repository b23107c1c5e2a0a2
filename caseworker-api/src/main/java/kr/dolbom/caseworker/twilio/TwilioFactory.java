package kr.dolbom.caseworker.twilio;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;

/// Sets the SDK up: our own time limits, and each request once. Left to itself the SDK repeats a POST up to six times,
/// which is six rings.
@Factory
final class TwilioFactory {
    private static final int CONNECTIONS = 64;

    @Singleton
    TwilioRestClient client(TwilioSettings settings) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.answerTimeout()))
                        .build())
                .build();
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.answerTimeout()))
                        .setResponseTimeout(Timeout.of(settings.answerTimeout()))
                        .build())
                .disableAutomaticRetries();
        if (!settings.baseUrl().isEmpty()) {
            HttpRoute route = route(settings.baseUrl());
            builder.setRoutePlanner((host, context) -> route);
        }
        return new TwilioRestClient.Builder(settings.accountSid(), settings.authToken())
                .httpClient(new Once(builder))
                .build();
    }

    private static HttpRoute route(String baseUrl) {
        try {
            HttpHost host = HttpHost.create(new URI(baseUrl.replaceFirst("/$", "")));
            return new HttpRoute(host, null, host.getSchemeName().equals("https"));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("DOLBOM_TWILIO_BASE_URL is malformed: " + e.getMessage(), e);
        }
    }

    private static final class Once extends NetworkHttpClient {
        Once(HttpClientBuilder builder) {
            super(builder);
        }

        @Override
        public Response reliableRequest(Request request) {
            return makeRequest(request);
        }
    }
}
