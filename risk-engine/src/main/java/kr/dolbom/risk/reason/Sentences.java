package kr.dolbom.risk.reason;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Function;
import kr.dolbom.contract.json.JsonTypes;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.silence.Silence;
import org.jspecify.annotations.Nullable;

/// Makes the sentences, from the resident's own numbers and in the time of the resident's office. Pure.
public final class Sentences {
    private static final int DAYS_TO_KNOW_SOMEBODY = 3;
    private static final int DAYS_FOR_RARITY = 7;
    private static final int RARE_DAYS = 3;
    private static final Duration LONG = Duration.ofHours(2);

    private Sentences() {}

    /// "02시 10분에 '살려줘'라고 말씀하셨습니다."
    ///
    /// @param at when it happened
    /// @param now when it is said: an older day is named
    public static Sentence emergency(Emergency emergency, Instant at, Instant now, ZoneId zone) {
        return emergency(emergency, at, now, zone, _ -> "");
    }

    /// "02시 10분에 '살려줘'라고 말씀하셨습니다(3시간 늦게 도착)."
    ///
    /// @param at when it happened
    /// @param receivedAt when it arrived: an older day is named
    public static Sentence lateEmergency(Emergency emergency, Instant at, Instant receivedAt, ZoneId zone) {
        Duration late = Duration.between(at, receivedAt);
        return emergency(
                emergency, at, receivedAt, zone, language -> language.say("emergency.late", language.duration(late)));
    }

    private static Sentence emergency(
            Emergency emergency, Instant at, Instant now, ZoneId zone, Function<Language, String> remark) {
        String key = "emergency." + JsonTypes.wireName(emergency.trigger());
        String phrase = emergency.phrase();
        Room room = emergency.room();
        boolean isSpoken = emergency.trigger() == Emergency.Trigger.SOS_VOICE;
        boolean isPlaced = room != null && room != Room.OTHER;
        return inBoth(language -> {
            String time = language.time(at.atZone(zone), now.atZone(zone));
            return switch (emergency.trigger()) {
                case SOS_VOICE, SOS_BUTTON ->
                    isSpoken && phrase != null
                            ? language.say(key + ".phrase", time, phrase, remark.apply(language))
                            : language.say(key, time, "", remark.apply(language));
                case FALL, SMOKE, GAS ->
                    isPlaced && room != null
                            ? language.say(key + ".room", time, language.room(room), remark.apply(language))
                            : language.say(key, time, "", remark.apply(language));
            };
        });
    }

    /// "11시 20분에 거실에서 확인된 뒤, 보통 25분 안에 다시 확인되시는데 지금 4시간 20분째 움직임이 없습니다."
    ///
    /// The usual is left out while the resident is hardly known, and how rare it is while that would say little.
    public static Sentence silence(Silence silence, Instant now, ZoneId zone) {
        return inBoth(language -> silence(language, silence, now.atZone(zone), zone));
    }

    /// "로봇 전원이 꺼져 09시 10분부터 상태를 볼 수 없습니다. 어르신 이상은 아닐 수 있습니다."
    ///
    /// @param since when the device was heard last
    /// @param isPowerLost whether its last words were that its battery is nearly empty
    public static Sentence device(Instant since, boolean isPowerLost, Instant now, ZoneId zone) {
        return inBoth(language -> language.say(
                isPowerLost ? "device.power" : "device.unheard", language.time(since.atZone(zone), now.atZone(zone))));
    }

    private static String silence(Language language, Silence silence, ZonedDateTime now, ZoneId zone) {
        ZonedDateTime lastSeen = silence.lastSeen().atZone(zone);
        String time = language.time(lastSeen, now);
        @Nullable Room room = silence.room();
        String seen = room == null || room == Room.OTHER
                ? language.say("silence.seen", time)
                : language.say("silence.seen.room", time, language.room(room));
        Duration silentFor = Duration.ofMinutes(silence.watched().toMinutes());
        String rarity = rarity(language, silence);
        if (room == Room.FRONT_DOOR || room == Room.BACK_DOOR) {
            return outing(language, silence, room, silentFor, now, rarity);
        }
        if (silence.daysKnown() < DAYS_TO_KNOW_SOMEBODY
                || silence.usuallyWithin().compareTo(silentFor) >= 0) {
            return language.say("silence.plain", seen, "", language.duration(silentFor), rarity);
        }
        if (silence.usuallyWithin().compareTo(LONG) < 0) {
            return language.say(
                    "silence.within",
                    seen,
                    language.duration(silence.usuallyWithin()),
                    language.duration(silentFor),
                    rarity);
        }
        String by = language.time(lastSeen.plus(silence.usuallyWithin()), now);
        return language.say(
                "silence.by",
                seen,
                language == Language.KOREAN ? Particles.conditional(by) : by,
                language.time(now, now),
                rarity);
    }

    /// "14시 05분에 현관에서 확인된 뒤 돌아오지 않으셨습니다. 보통 16시 30분이면 돌아오십니다."
    private static String outing(
            Language language, Silence silence, Room door, Duration silentFor, ZonedDateTime now, String rarity) {
        ZonedDateTime lastSeen = silence.lastSeen().atZone(now.getZone());
        String since = language.time(lastSeen, now);
        String where = language.room(door);
        if (silence.daysKnown() < DAYS_TO_KNOW_SOMEBODY
                || silence.usuallyWithin().compareTo(silentFor) >= 0) {
            return language.say("silence.out", since, where, language.duration(silentFor), rarity);
        }
        // By the day on which it was, as that was named before.
        ZonedDateTime back = lastSeen.plus(silence.usuallyWithin());
        boolean isSameDay = back.toLocalDate().equals(lastSeen.toLocalDate());
        String by = language.time(back, isSameDay ? back : now);
        return language.say(
                "silence.out.by", since, where, language == Language.KOREAN ? Particles.conditional(by) : by, rarity);
    }

    private static String rarity(Language language, Silence silence) {
        if (silence.daysKnown() < DAYS_FOR_RARITY || silence.daysAsSilent() > RARE_DAYS) {
            return "";
        }
        return silence.daysAsSilent() == 0
                ? language.say("silence.first", silence.daysKnown())
                : language.say("silence.rare", silence.daysKnown(), silence.daysAsSilent());
    }

    static Sentence inBoth(Function<Language, String> words) {
        return new Sentence(words.apply(Language.KOREAN), words.apply(Language.ENGLISH));
    }
}
