package kr.dolbom.sim.phone;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A simulator, the real SDK routed to it, and an application for its webhooks.
abstract class SimulatorTest {
    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    static final String TOKEN = "a-token-for-tests";
    static final String OFFICE = "+82312345678";
    static final String MINA = "+821011112222";
    static final String JUNHO = "+821033334444";
    static final Duration SOON = Duration.ofSeconds(10);

    PhoneSimulator simulator;
    TwilioRestClient twilio;
    WebApplication application;

    PhoneSimulatorSettings settings() {
        return PhoneSimulatorSettings.of(ACCOUNT, TOKEN);
    }

    @BeforeEach
    void start() throws IOException {
        simulator = PhoneSimulator.start(settings());
        twilio = RoutedTwilio.client(simulator, ACCOUNT, TOKEN);
        application = new WebApplication();
    }

    @AfterEach
    void stop() {
        application.close();
        simulator.close();
    }

    MessageCreator text(String to, String body) {
        return Message.creator(new PhoneNumber(to), new PhoneNumber(OFFICE), body);
    }

    CallCreator call(String to, String path) {
        return Call.creator(new PhoneNumber(to), new PhoneNumber(OFFICE), URI.create(application.url(path)));
    }

    CallCreator callSaying(String to, String twiml) {
        return Call.creator(new PhoneNumber(to), new PhoneNumber(OFFICE), new Twiml(twiml));
    }

    Call fetch(Call call) {
        return Call.fetcher(call.getSid()).fetch(twilio);
    }
}
