package kr.dolbom.caseworker.console.resident;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.Consents;
import kr.dolbom.caseworker.response.QuietHours;
import kr.dolbom.caseworker.robot.Robot;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.setting.RiskSettings;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// What is done from the page of a resident. Each is noted in the audit log, without anybody's words. Safe for use by
/// many threads and instances.
@Singleton
final class ResidentDesk {
    /// How long a sentence for the robot may be.
    static final int LONGEST_SENTENCE = 200;

    /// How long a note may be.
    static final int LONGEST_NOTE = 2000;

    private static final int SENTENCES = 5;
    private static final Duration SENTENCES_WITHIN = Duration.ofMinutes(10);
    private static final int LONGEST_NAME = 20;
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 600;

    private final ResidentFiles files;
    private final Robot robot;
    private final Transactions transactions;
    private final Clock clock;

    ResidentDesk(ResidentFiles files, Robot robot, Transactions transactions, Clock clock) {
        this.files = files;
        this.robot = robot;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// What came of a sentence.
    enum Said {
        /// A device was told to say it.
        SPOKEN("spoken"),
        /// No device of the home is connected.
        UNREACHABLE("robot-unreachable"),
        /// The resident sleeps, and no alert is open.
        QUIET("robot-quiet"),
        /// There were too many within ten minutes.
        OFTEN("robot-often");

        private final String word;

        Said(String word) {
            this.word = word;
        }

        /// The end of its text's key.
        String word() {
            return word;
        }
    }

    /// Adds a note of 1 to [#LONGEST_NOTE] characters.
    void note(UUID residentId, String text, Viewer viewer) {
        transactions.run(connection -> {
            int number = files.getWho(connection, residentId, viewer).number();
            UUID noteId = Sql.on(connection, """
                            insert into resident_note (resident_no, text, written_by, caseworker_no, written_at)
                            values (:resident, :text, :by, :caseworker, :now) returning note_id""")
                    .with("resident", number)
                    .with("text", text)
                    .with("by", viewer.actor().name())
                    .with("caseworker", viewer.account().caseworkerNo())
                    .with("now", clock.instant())
                    .get(row -> row.uuid("note_id"));
            AuditLog.write(connection, viewer.actor(), "note-added", number, Map.of("note", noteId.toString()));
            return noteId;
        });
    }

    /// Has the robot say a sentence of 1 to [#LONGEST_SENTENCE] characters, and whose it is.
    Said speak(UUID residentId, String text, Viewer viewer) {
        return transactions.run(connection -> {
            ResidentFile.Who who = files.getWho(connection, residentId, viewer);
            Instant now = clock.instant();
            Optional<Said> refusal = findRefusal(connection, who, now);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            String said = Words.of(who.language()).text("resident.speak.as", viewer.name(), text);
            Optional<UUID> command = robot.say(connection, who.number(), who.language(), said, now);
            if (command.isEmpty()) {
                return Said.UNREACHABLE;
            }
            Sql.on(connection, """
                            insert into spoken_sentence (command_id, resident_no, said_by, said_at)
                            values (:command, :resident, :by, :now)""")
                    .with("command", command.get())
                    .with("resident", who.number())
                    .with("by", viewer.actor().name())
                    .with("now", now)
                    .update();
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "robot-spoken",
                    who.number(),
                    Map.of("command", command.get().toString()));
            return Said.SPOKEN;
        });
    }

    /// Notes what the resident or a guardian agrees to or takes back.
    ///
    /// @param guardianId whose; null for what is the resident's own
    void agree(UUID residentId, String consent, @Nullable UUID guardianId, boolean given, String note, Viewer viewer) {
        transactions.run(connection -> {
            int number = files.getWho(connection, residentId, viewer).number();
            Instant now = clock.instant();
            switch (consent) {
                case "transcript" -> Consents.transcripts(connection, number, given, note, viewer, now);
                case "check-in-call" -> Consents.checkInCalls(connection, number, given, note, viewer, now);
                case "guardian" -> {
                    if (guardianId == null) {
                        throw Problem.invalid("guardian", null, "the id of a guardian");
                    }
                    Consents.guardian(connection, number, guardianId, given, note, viewer, now);
                }
                default -> throw Problem.invalid("consent", consent, "transcript, check-in-call or guardian");
            }
            return number;
        });
    }

    /// What the robot may say.
    ///
    /// @param spokenName what it calls the resident; empty: by their name
    /// @param answerSeconds how long they have to answer; null: as usual
    /// @param quietBegins from when on nothing is asked that does not hurry
    /// @param quietEnds until when
    record Rules(String spokenName, @Nullable Integer answerSeconds, LocalTime quietBegins, LocalTime quietEnds) {
        /// As somebody typed them; what is not as expected is noted there.
        static Rules of(Reading form) {
            String name = form.raw("spokenName");
            if (name.length() > LONGEST_NAME) {
                form.fault("spokenName", "at-most", Integer.toString(LONGEST_NAME));
            }
            return new Rules(
                    name,
                    form.raw("answerSeconds").isEmpty()
                            ? null
                            : form.number("answerSeconds", LEAST_SECONDS, MOST_SECONDS),
                    time("quietBegins", form),
                    time("quietEnds", form));
        }

        private static LocalTime time(String field, Reading form) {
            try {
                return LocalTime.parse(form.raw(field));
            } catch (DateTimeParseException e) {
                form.fault(field, "time", "");
                return LocalTime.MIN;
            }
        }
    }

    /// Sets what the robot may say; what stays as it was is not noted.
    void rule(UUID residentId, Rules rules, String reason, Viewer viewer) {
        String name = rules.spokenName();
        Integer seconds = rules.answerSeconds();
        transactions.run(connection -> {
            ResidentFile.Who who = files.getWho(connection, residentId, viewer);
            int number = who.number();
            String wished = name.isEmpty() ? null : name;
            if (!Objects.equals(wished, who.spokenName()) || !Objects.equals(seconds, who.answerSeconds())) {
                Sql.on(connection, """
                                update resident set spoken_name = :name, answer_seconds = :seconds
                                 where resident_no = :resident""")
                        .with("name", SecretColumn.RESIDENT_NAME.of(wished))
                        .with("seconds", seconds)
                        .with("resident", number)
                        .update();
                AuditLog.write(connection, viewer.actor(), "robot-rules-changed", number, Map.of("reason", reason));
            }
            QuietHours quiet = QuietHours.get(connection, number);
            setQuiet(connection, residentId, "quiet.begins", quiet.begins(), rules.quietBegins(), reason, viewer);
            setQuiet(connection, residentId, "quiet.ends", quiet.ends(), rules.quietEnds(), reason, viewer);
            return number;
        });
    }

    private Optional<Said> findRefusal(Connection connection, ResidentFile.Who who, Instant now) {
        int lately = Sql.on(connection, """
                        select count(*)::int as sentences from spoken_sentence
                         where resident_no = :resident and said_at > :since""")
                .with("resident", who.number())
                .with("since", now.minus(SENTENCES_WITHIN))
                .get(row -> row.number("sentences"));
        if (lately >= SENTENCES) {
            return Optional.of(Said.OFTEN);
        }
        QuietHours quiet = QuietHours.get(connection, who.number());
        if (!quiet.contains(now.atZone(quiet.zone()).toLocalTime())) {
            return Optional.empty();
        }
        boolean isOpen = Sql.on(connection, """
                        select exists (select from alert where resident_no = :resident and state <> 'resolved') as open""").with("resident", who.number()).get(row -> row.flag("open"));
        return isOpen ? Optional.empty() : Optional.of(Said.QUIET);
    }

    private static void setQuiet(
            Connection connection,
            UUID residentId,
            String name,
            LocalTime before,
            LocalTime wished,
            String reason,
            Viewer viewer) {
        if (!before.equals(wished)) {
            String minutes = wished.toSecondOfDay() / 60 + "m";
            RiskSettings.changeOfResident(
                    connection, residentId, name, new RiskSettings.Wish(minutes, reason, null), viewer);
        }
    }
}
