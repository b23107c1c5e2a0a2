package kr.dolbom.sim.phone;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;

/// The real SDK, with nothing changed but its route and its retries.
final class RoutedTwilio {
    private RoutedTwilio() {}

    static TwilioRestClient client(PhoneSimulator simulator, String accountSid, String authToken) {
        return client(simulator, accountSid, authToken, Duration.ofSeconds(10));
    }

    static TwilioRestClient client(PhoneSimulator simulator, String accountSid, String authToken, Duration readLimit) {
        HttpHost target =
                new HttpHost("http", "127.0.0.1", URI.create(simulator.url()).getPort());
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setRoutePlanner((host, context) -> new HttpRoute(target))
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setSocketTimeout(Timeout.of(readLimit))
                                .build())
                        .build())
                .disableAutomaticRetries();
        return new TwilioRestClient.Builder(accountSid, authToken)
                .httpClient(new Once(builder))
                .build();
    }

    /// The SDK itself would repeat a POST that was answered with 5xx.
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
