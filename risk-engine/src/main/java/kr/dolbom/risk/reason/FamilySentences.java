package kr.dolbom.risk.reason;

import static kr.dolbom.risk.reason.Sentences.inBoth;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import kr.dolbom.contract.json.JsonTypes;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Status;
import org.jspecify.annotations.Nullable;

/// The sentences of all families but silence and emergencies: what is usual for this resident, and what is now. Pure.
public final class FamilySentences {
    private static final int LARGEST_COUNT_WORD = 5;
    private static final int DAYS_A_WEEK = 7;

    private FamilySentences() {}

    /// "밤새 1시간 10분 동안 움직이셨습니다(평소 30분)."
    public static Sentence restlessNight(Duration active, Duration usual) {
        return inBoth(language -> language.say("night.restless", language.duration(active), language.duration(usual)));
    }

    /// "최근 5일 동안 밤마다 1시간 10분쯤 움직이십니다(평소 30분)."
    public static Sentence restlessNights(Duration active, Duration usual, int nights) {
        return inBoth(language ->
                language.say("night.restless-nights", nights, language.duration(active), language.duration(usual)));
    }

    /// "보통 22시 50분쯤 조용해지시는데 최근 5일은 00시 50분쯤입니다."
    ///
    /// @param usual when it is usually quiet, of any day
    /// @param now when it has become quiet of late, of any day
    public static Sentence quietHours(Instant usual, Instant now, int nights, ZoneId zone) {
        return inBoth(language -> language.say(
                "night.hours", language.timeOfDay(usual.atZone(zone)), nights, language.timeOfDay(now.atZone(zone))));
    }

    /// "3주 동안 활동이 28 % 줄었습니다(평소 하루 350번, 요즘 252번)."
    public static Sentence decline(int days, long lessPercent, long usual, long now) {
        return inBoth(language -> language.say("decline", span(language, days), lessPercent, usual, now));
    }

    private static String span(Language language, int days) {
        return days % DAYS_A_WEEK == 0
                ? language.say("span.weeks", days / DAYS_A_WEEK)
                : language.say("span.days", days);
    }

    /// "아침 약을 이틀째 확인하지 못했습니다(평소 95 % 확인)."
    ///
    /// @param days on end, from 2
    public static Sentence missedDoses(Medication.Slot slot, int days, long usualPercent) {
        return inBoth(language -> language.say(
                "medication.missed",
                language.say("slot." + JsonTypes.wireName(slot)),
                countOfDays(language, days),
                usualPercent));
    }

    private static String countOfDays(Language language, int days) {
        return days <= LARGEST_COUNT_WORD ? language.say("days." + days) : language.say("days.many", days);
    }

    /// "최근 9일 동안 약을 60 %만 확인했습니다(평소 95 %)."
    public static Sentence dosesMissedOften(int days, long usualPercent, long recentPercent) {
        return inBoth(language -> language.say("medication.often", days, recentPercent, usualPercent));
    }

    /// "어제 점심때부터 3끼째 부엌에 가지 않으셨습니다(평소 98 %는 가심)."
    ///
    /// @param first when the first missed mealtime began
    /// @param meal of the day: 0 breakfast, 1 lunch, 2 dinner
    /// @param meals on end
    public static Sentence missedMeals(
            Instant first, int meal, int meals, long usualPercent, Instant now, ZoneId zone) {
        return inBoth(language -> language.say(
                "meals.missed",
                language.dayAndTime(language.dayOf(first.atZone(zone), now.atZone(zone)), language.say("meal." + meal)),
                meals,
                usualPercent));
    }

    /// "02시 10분에 나가신 뒤 1시간 20분째 돌아오지 않으셨습니다(밤에는 보통 40분 안에 돌아오심)."
    ///
    /// @param isSaid whether going out was told; else a door gave the last sign
    public static Sentence notBack(
            Instant since, boolean isSaid, Duration out, Duration usual, Instant now, ZoneId zone) {
        return inBoth(language -> language.say(
                isSaid ? "outing.said" : "outing.door",
                language.time(since.atZone(zone), now.atZone(zone)),
                language.duration(out),
                language.duration(usual)));
    }

    /// "14시 20분에 힘들다는 말씀을 하셨습니다(하루 2번째, 평소 한 달에 1번쯤)."
    ///
    /// @param isPain pain, else distress
    /// @param at of the last word
    /// @param count within half a day of each other, from 1
    /// @param usualIn30Days how often such words are usual
    public static Sentence words(boolean isPain, Instant at, int count, long usualIn30Days, Instant now, ZoneId zone) {
        return inBoth(language -> language.say(
                isPain ? "distress.pain" : "distress.words",
                language.time(at.atZone(zone), now.atZone(zone)),
                count == 1 ? "" : language.say("distress.again", count),
                usualIn30Days == 0 ? language.say("distress.rare") : language.say("distress.usual", usualIn30Days)));
    }

    /// "14시 20분부터 대화의 80 %가 슬프거나 화나거나 두려운 말씀이었습니다(평소 20 %)."
    public static Sentence darkTalk(Instant since, long percent, long usualPercent, Instant now, ZoneId zone) {
        return inBoth(language -> language.say(
                "distress.talk", language.time(since.atZone(zone), now.atZone(zone)), percent, usualPercent));
    }

    /// "최근 한 주 로봇과 하신 말씀이 하루 6번으로 줄었습니다(평소 20번)."
    public static Sentence lessTalk(long turnsADay, long usualTurnsADay) {
        return inBoth(language -> language.say("mood.talk", turnsADay, usualTurnsADay));
    }

    /// "최근 한 주에 외롭다는 말씀을 3번 하셨습니다(평소 한 달에 1번쯤)."
    public static Sentence loneliness(long wordsAWeek, long usualIn30Days) {
        return inBoth(language -> language.say(
                "mood.loneliness",
                wordsAWeek,
                usualIn30Days == 0 ? language.say("distress.rare") : language.say("distress.usual", usualIn30Days)));
    }

    /// "최근 한 주 대화의 45 %가 슬픈 말씀이었습니다(평소 10 %)."
    public static Sentence sadness(long percent, long usualPercent) {
        return inBoth(language -> language.say("mood.sadness", percent, usualPercent));
    }

    /// "로봇 배터리가 12 % 남았고 전원이 연결되어 있지 않습니다. 3시간쯤 뒤에 꺼질 수 있습니다."
    ///
    /// @param left until it is empty; null: not known
    public static Sentence battery(int percent, @Nullable Duration left) {
        return inBoth(language -> left == null
                ? language.say("health.battery", percent)
                : language.say("health.battery.left", percent, language.duration(left)));
    }

    /// "거실 감지기가 고장 난 것 같다고 로봇이 알려 왔습니다."
    ///
    /// @throws IllegalArgumentException where the health is OK
    public static Sentence sensor(Room room, Status.Health health) {
        String key = switch (health) {
            case STUCK -> "health.sensor.stuck";
            case LOST -> "health.sensor.lost";
            case LOW_BATTERY -> "health.sensor.battery";
            case OK -> throw new IllegalArgumentException("a sensor that is well needs no sentence");
        };
        return inBoth(language -> language.say(key, language.room(room)));
    }

    /// "부엌 감지기가 3일째 조용합니다(평소 하루 2시간 40분 동안 반응). 다른 곳에서는 움직임이 있습니다."
    public static Sentence sensorSilent(Room room, int days, Duration usualADay) {
        return inBoth(language ->
                language.say("health.sensor.silent", language.room(room), days, language.duration(usualADay)));
    }

    /// "거실 감지기가 19시간째 쉬지 않고 반응합니다. 감지기 고장일 수 있습니다."
    public static Sentence sensorNeverStill(Room room, Duration on) {
        return inBoth(
                language -> language.say("health.sensor.never-still", language.room(room), language.duration(on)));
    }

    /// "로봇 시계가 1시간 2분 틀려, 기록된 시각이 맞지 않을 수 있습니다."
    public static Sentence clock(Duration error) {
        Duration shown = error.toMinutes() == 0 ? Duration.ofMinutes(1) : Duration.ofMinutes(error.toMinutes());
        return inBoth(language -> language.say("health.clock", language.duration(shown)));
    }
}
