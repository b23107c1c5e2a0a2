package kr.dolbom.caseworker;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kr.dolbom.caseworker.database.Sql;

/// A year of the resident's telemetry as the broker stores it: up at seven, to bed at half past nine,
/// twice to the bathroom by night; ten days ago nothing was heard for a day and a half, twenty days ago
/// they were in hospital, and the day before yesterday they stayed in bed until noon.
final class ResidentYear {
    static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private static final int ACTIVITY = 1;
    private static final int VOICE = 2;
    private static final int STATUS = 4;
    private static final int MEDICATION = 5;
    private static final List<String> ROOMS = List.of("lounge", "kitchen", "bedroom", "bathroom");

    private final Random random = new Random(6);
    private final Instant now;
    private final LocalDate today;
    private final List<Message> messages = new ArrayList<>();

    private record Message(Instant at, int kind, String data) {}

    /// @param now nothing is later
    ResidentYear(Instant now) {
        this.now = now;
        today = LocalDate.ofInstant(now, SEOUL);
    }

    /// Writes it.
    ///
    /// @return how many messages
    int write(Town town, int days) {
        for (int back = days; back >= 0; back--) {
            day(back);
        }
        town.transactions.run(connection -> Sql.on(connection, """
                        insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                        select at, at, seq, 1, 1, kind, gen_random_uuid(), convert_to(data, 'UTF8')
                          from unnest(:at::timestamptz[], :kinds::int[], :data::text[]) with ordinality
                               as message (at, kind, data, seq)""")
                .with("at", messages.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .with("kinds", messages.stream().map(Message::kind).toArray(Integer[]::new))
                .with("data", messages.stream().map(Message::data).toArray(String[]::new))
                .update());
        town.execute("""
                insert into monitoring_gap (resident_no, from_at, to_at, cause)
                values (1, (current_date - 10 + time '09:00') at time zone 'Asia/Seoul',
                        (current_date - 9 + time '15:00') at time zone 'Asia/Seoul', 'device-silent')""".replace("current_date", "date '" + today + "'"));
        town.execute("""
                insert into resident_mode (resident_no, mode, begins_at, ends_at, set_by, reason)
                values (1, 'hospital', (current_date - 21 + time '10:00') at time zone 'Asia/Seoul',
                        (current_date - 19 + time '16:00') at time zone 'Asia/Seoul', 'minji', '무릎 진료')""".replace("current_date", "date '" + today + "'"));
        return messages.size();
    }

    private void day(int back) {
        for (int hour = 0; hour < 24; hour++) {
            if ((back == 10 && hour >= 9) || (back == 9 && hour < 15)) {
                continue;
            }
            add(back, hour, 0, STATUS, "{\"state\":\"heartbeat\",\"firmware\":\"2.4.1\",\"contract\":\"1.0\"}");
            boolean isAway = back == 20 || (back == 21 && hour >= 10) || (back == 19 && hour < 16);
            if (!isAway) {
                hour(back, hour);
            }
        }
    }

    private void hour(int back, int hour) {
        double share = back == 2 && hour < 12 ? 0.02 : hour >= 7 && hour < 21 ? 0.35 + 0.3 * Math.sin(hour) : 0.03;
        for (int bin = 0; bin < 12; bin++) {
            if (random.nextDouble() < share) {
                String room = ROOMS.get(random.nextInt(ROOMS.size()));
                add(back, hour, 5 * bin + 2, ACTIVITY, """
                        {"windowSeconds":600,"counts":[{"sensor":"motion","room":"%s","count":3}]}""".formatted(room));
            }
        }
        if ((hour == 2 && random.nextDouble() < 0.7) || (hour == 5 && random.nextDouble() < 0.6)) {
            add(back, hour, 31, ACTIVITY, """
                    {"windowSeconds":600,"counts":[{"sensor":"motion","room":"bathroom","count":2}]}""");
        }
        if (hour == 8 || hour == 19) {
            boolean taken = random.nextDouble() < 0.9;
            add(back, hour, 12, MEDICATION, """
                    {"slot":"%s","outcome":"%s"}""".formatted(
                            hour == 8 ? "morning" : "evening", taken ? "taken" : "no-answer"));
        }
        if (hour > 9 && hour < 20 && random.nextDouble() < 0.4) {
            add(back, hour, 44, VOICE, """
                    {"codes":[{"intent":"conversation","confidence":0.9}],"turns":6,"talkSeconds":%d}""".formatted(60 + random.nextInt(120)));
        }
    }

    private void add(int back, int hour, int minute, int kind, String data) {
        Instant at = today.minusDays(back).atTime(hour, minute).atZone(SEOUL).toInstant();
        if (at.isBefore(now)) {
            messages.add(new Message(at, kind, data));
        }
    }
}
