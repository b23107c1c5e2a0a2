package kr.dolbom.caseworker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.account.guard.LimitSettings;
import kr.dolbom.caseworker.account.session.SessionSettings;
import kr.dolbom.caseworker.account.token.TokenSettings;
import kr.dolbom.caseworker.canary.CanarySettings;
import kr.dolbom.caseworker.checkin.CheckInSettings;
import kr.dolbom.caseworker.console.StreamSettings;
import kr.dolbom.caseworker.database.DatabaseSettings;
import kr.dolbom.caseworker.escalation.AlimTalkSettings;
import kr.dolbom.caseworker.push.PushSettings;
import kr.dolbom.caseworker.response.ResponseSettings;
import kr.dolbom.caseworker.robot.RobotSettings;
import kr.dolbom.caseworker.secrecy.TestKeys;
import kr.dolbom.caseworker.task.TaskSettings;
import kr.dolbom.caseworker.twilio.TwilioSettings;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void theDefaultsAreThese() {
        try (var database = TestDatabase.create();
                var context = ApplicationContext.run(Map.of(
                        "dolbom.db.url",
                        database.url(),
                        "dolbom.db.user",
                        database.user(),
                        "dolbom.db.password",
                        database.password(),
                        "dolbom.keyset",
                        TestKeys.FILE.toString(),
                        "dolbom.twilio.account-sid",
                        Town.ACCOUNT,
                        "dolbom.twilio.auth-token",
                        Town.TOKEN,
                        "dolbom.twilio.from",
                        Town.OFFICE_PHONE))) {
            assertEquals(new PublicAddress("http://127.0.0.1:8080"), context.getBean(PublicAddress.class));
            assertEquals(new DatabaseSettings(16), context.getBean(DatabaseSettings.class));
            assertEquals(
                    new SessionSettings(Duration.ofHours(10), Duration.ofMinutes(30)),
                    context.getBean(SessionSettings.class));
            assertEquals(new StreamSettings(Duration.ofMinutes(5)), context.getBean(StreamSettings.class));
            assertEquals(new LimitSettings(120, 120, 3000, 600), context.getBean(LimitSettings.class));
            assertEquals(
                    new TokenSettings(Duration.ofHours(24), Duration.ofDays(90)), context.getBean(TokenSettings.class));
            assertEquals(
                    new RobotSettings(Duration.ofSeconds(120), Duration.ofSeconds(15)),
                    context.getBean(RobotSettings.class));
            assertEquals(
                    new CheckInSettings(
                            Duration.ofSeconds(60),
                            Duration.ofMinutes(20),
                            Duration.ofHours(1),
                            Duration.ofMinutes(10)),
                    context.getBean(CheckInSettings.class));
            assertEquals(new TaskSettings("08:00", "18:00"), context.getBean(TaskSettings.class));
            assertEquals(
                    new CanarySettings("", "", "", "", Duration.ofMinutes(5), Duration.ofSeconds(60), ""),
                    context.getBean(CanarySettings.class));
            assertEquals(
                    new ResponseSettings(
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(60),
                            20,
                            Duration.ofMinutes(5),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(2),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(30),
                            Duration.ofMinutes(60),
                            Duration.ofHours(2),
                            Duration.ofHours(24),
                            Duration.ofSeconds(15),
                            Duration.ofMillis(500)),
                    context.getBean(ResponseSettings.class));
            assertEquals(
                    new TwilioSettings(
                            Town.ACCOUNT,
                            Town.TOKEN,
                            "",
                            Town.OFFICE_PHONE,
                            "",
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(30),
                            1,
                            Duration.ofSeconds(8)),
                    context.getBean(TwilioSettings.class));
            assertEquals(
                    new AlimTalkSettings(
                            "",
                            "",
                            "",
                            "dolbom-alert-ko",
                            "dolbom-alert-en",
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(5)),
                    context.getBean(AlimTalkSettings.class));
            assertEquals(
                    new PushSettings(
                            List.of(
                                    "fcm.googleapis.com",
                                    "*.push.services.mozilla.com",
                                    "*.notify.windows.com",
                                    "*.push.apple.com"),
                            "",
                            Duration.ofMinutes(10),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(5)),
                    context.getBean(PushSettings.class));
            assertEquals(
                    "8080",
                    context.getProperty("micronaut.server.port", String.class).orElseThrow());
            assertEquals(
                    "127.0.0.1",
                    context.getProperty("micronaut.server.host", String.class).orElseThrow());
        }
    }

    @Test
    void aSlashAtTheEndOfThePublicAddressDoesNotMatter() {
        assertEquals(
                "https://care.example.kr/a/x",
                new PublicAddress("https://care.example.kr/").of("/a/x").toString());
        assertEquals("https://care.example.kr", new PublicAddress("https://care.example.kr/dolbom").origin());
    }
}
