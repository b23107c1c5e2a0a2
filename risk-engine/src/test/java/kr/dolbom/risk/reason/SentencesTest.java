package kr.dolbom.risk.reason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.silence.Context;
import kr.dolbom.risk.silence.Silence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentencesTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Instant NOW = Instant.parse("2026-03-01T10:25:00+09:00");

    @Test
    void silenceAfterAnHourThatIsUsuallyLivelyTellsTheUsualDuration() {
        Silence silence = silence("2026-03-01T06:05:00+09:00", Room.KITCHEN, Duration.ofMinutes(30), 45, 0);

        assertSays(
                "06시 05분에 부엌에서 확인된 뒤, 보통 30분 안에 다시 확인되시는데 지금 4시간 20분째 움직임이 없습니다(최근 45일 중 처음).",
                "Last seen in the kitchen at 06:05; at this hour usually seen again within 30 min, now it is 4 h 20"
                        + " (first time in 45 days).",
                Sentences.silence(silence, NOW, SEOUL));
    }

    @Test
    void silenceSinceBedtimeTellsTheUsualTime() {
        Silence silence = silence("2026-02-28T22:10:00+09:00", Room.BEDROOM, Duration.ofHours(9), 45, 2);

        assertSays(
                "어제 22시 10분에 침실에서 확인된 뒤, 보통 07시 10분이면 다시 확인되시는데 10시 25분까지 움직임이 없습니다(최근 45일 중 2일만 그랬음).",
                "Last seen in the bedroom at 22:10 yesterday; usually seen again by 07:10, no movement until 10:25"
                        + " (2 of the last 45 days were like this).",
                Sentences.silence(silence, NOW, SEOUL));
    }

    @Test
    void theParticleFollowsTheFullHour() {
        Silence silence = silence("2026-02-28T22:00:00+09:00", Room.BEDROOM, Duration.ofHours(9), 5, 0);

        assertTrue(Sentences.silence(silence, NOW, SEOUL).ko().contains("보통 07시면 다시"));
    }

    @Test
    void afterAnExitDoorTheSentenceIsAboutComingBack() {
        Silence silence = silence("2026-02-28T14:05:00+09:00", Room.FRONT_DOOR, Duration.ofMinutes(145), 45, 5);

        assertSays(
                "어제 14시 05분에 현관에서 확인된 뒤 돌아오지 않으셨습니다. 보통 16시 30분이면 돌아오십니다.",
                "Not returned since 14:05 yesterday (front entrance), usually back by 16:30.",
                Sentences.silence(silence, NOW, SEOUL));
    }

    @Test
    void ofSomebodyWhoIsHardlyKnownNothingUsualIsSaid() {
        Silence silence = silence("2026-03-01T06:05:00+09:00", null, Duration.ofMinutes(30), 2, 0);

        assertSays(
                "06시 05분에 확인된 뒤 지금 4시간 20분째 움직임이 없습니다.",
                "Last seen at 06:05; no movement for 4 h 20.",
                Sentences.silence(silence, NOW, SEOUL));
    }

    @Test
    void timesAreThoseOfTheOffice() {
        Silence silence = silence("2026-03-01T06:05:00+09:00", null, Duration.ofMinutes(30), 2, 0);

        assertTrue(
                Sentences.silence(silence, NOW, ZoneId.of("Asia/Tashkent")).ko().startsWith("02시 05분에"));
    }

    @Test
    void eachEmergencyHasItsWords() {
        Instant at = Instant.parse("2026-03-01T02:10:00+09:00");
        assertSays(
                "02시 10분에 '살려줘'라고 말씀하셨습니다.",
                "Said '살려줘' at 02:10.",
                emergency(Emergency.Trigger.SOS_VOICE, Room.BATHROOM, "살려줘", at));
        assertSays(
                "02시 10분에 도와 달라고 말씀하셨습니다.",
                "Called for help at 02:10.",
                emergency(Emergency.Trigger.SOS_VOICE, null, null, at));
        assertSays(
                "02시 10분에 도움 단추를 누르셨습니다.",
                "Pressed the help button at 02:10.",
                emergency(Emergency.Trigger.SOS_BUTTON, Room.LOUNGE, null, at));
        assertSays(
                "02시 10분에 화장실에서 넘어지신 것 같습니다.",
                "Seems to have fallen in the bathroom at 02:10.",
                emergency(Emergency.Trigger.FALL, Room.BATHROOM, null, at));
        assertSays(
                "어제 02시에 연기가 감지되었습니다.",
                "Smoke was detected at 02:00 yesterday.",
                emergency(Emergency.Trigger.SMOKE, Room.OTHER, null, Instant.parse("2026-02-28T02:00:00+09:00")));
        assertSays(
                "2월 10일 02시에 부엌에서 가스가 감지되었습니다.",
                "Gas was detected in the kitchen at 02:00 10 February.",
                emergency(Emergency.Trigger.GAS, Room.KITCHEN, null, Instant.parse("2026-02-10T02:00:00+09:00")));
    }

    @Test
    void anEmergencyThatArrivedLateSaysHowLate() {
        Instant at = Instant.parse("2026-03-01T02:10:00+09:00");
        assertSays(
                "02시 10분에 도움 단추를 누르셨습니다(8시간 15분 늦게 도착).",
                "Pressed the help button at 02:10 (arrived 8 h 15 late).",
                Sentences.lateEmergency(new Emergency(Emergency.Trigger.SOS_BUTTON, 0.9, null, null), at, NOW, SEOUL));
        assertSays(
                "어제 22시에 부엌에서 가스가 감지되었습니다(12시간 25분 늦게 도착).",
                "Gas was detected in the kitchen at 22:00 yesterday (arrived 12 h 25 late).",
                Sentences.lateEmergency(
                        new Emergency(Emergency.Trigger.GAS, 0.9, Room.KITCHEN, null),
                        Instant.parse("2026-02-28T22:00:00+09:00"),
                        NOW,
                        SEOUL));
    }

    @Test
    void wordsThatLookLikeAPatternAreSaidAsTheyAre() {
        Instant at = Instant.parse("2026-03-01T02:10:00+09:00");
        assertEquals(
                "02시 10분에 '{0} 아야''라고 말씀하셨습니다.",
                emergency(Emergency.Trigger.SOS_VOICE, null, "{0} 아야'", at).ko());
    }

    @Test
    void aDeviceWithoutPowerAndOneThatIsJustNotHeardAreToldApart() {
        Instant since = Instant.parse("2026-03-01T09:10:00+09:00");
        assertSays(
                "로봇 전원이 꺼져 09시 10분부터 상태를 볼 수 없습니다. 어르신 이상은 아닐 수 있습니다.",
                "The robot has no power, so nothing can be seen since 09:10. The resident may be fine.",
                Sentences.device(since, true, NOW, SEOUL));
        assertSays(
                "로봇 전원이 꺼졌거나 연결이 끊겨 09시 10분부터 상태를 볼 수 없습니다. 어르신 이상은 아닐 수 있습니다.",
                "The robot is off or offline, so nothing can be seen since 09:10. The resident may be fine.",
                Sentences.device(since, false, NOW, SEOUL));
    }

    @Test
    void everyRoomHasANameInBothLanguages() {
        for (Room room : Room.values()) {
            assertFalse(Language.KOREAN.room(room).isBlank());
            assertFalse(Language.ENGLISH.room(room).isBlank());
        }
    }

    @Test
    void particlesLookAtTheLastSyllable() {
        assertTrue(Particles.endsInConsonant("분"));
        assertFalse(Particles.endsInConsonant("시"));
        assertFalse(Particles.endsInConsonant("7"));
        assertFalse(Particles.endsInConsonant(""));
        assertTrue(Particles.endsInConsonant("힣"));
        assertFalse(Particles.endsInConsonant("가"));
    }

    private static Sentence emergency(
            Emergency.Trigger trigger, @Nullable Room room, @Nullable String phrase, Instant at) {
        return Sentences.emergency(new Emergency(trigger, 0.9, room, phrase), at, NOW, SEOUL);
    }

    private static Silence silence(
            String lastSeen, @Nullable Room room, Duration usual, int daysKnown, int daysAsSilent) {
        Instant since = Instant.parse(lastSeen);
        return new Silence(
                since,
                room,
                Context.LOUNGE,
                false,
                Duration.between(since, NOW),
                9,
                8,
                1,
                NOW,
                NOW,
                usual,
                daysKnown,
                daysAsSilent);
    }

    private static void assertSays(String ko, String en, Sentence sentence) {
        assertEquals(ko, sentence.ko());
        assertEquals(en, sentence.en());
    }
}
