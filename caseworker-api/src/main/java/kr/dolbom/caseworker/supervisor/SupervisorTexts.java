package kr.dolbom.caseworker.supervisor;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.People;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.escalation.Target;
import kr.dolbom.caseworker.escalation.Texts;
import kr.dolbom.caseworker.phone.PhoneTroubles;
import kr.dolbom.caseworker.response.QuietHours;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.secrecy.HiddenNumbers;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.timer.Chore;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Texts an office's supervisors about its open notices, several in one text, until one text was taken.
/// In the office's quiet hours only what begins to matter before they end is told. Safe for use by many
/// threads and instances.
@Singleton
public final class SupervisorTexts implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisorTexts.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    /// After this long it is told once more: twice is better than never, which a crash could lead to.
    private static final Duration SENT_WITHIN = Duration.ofMinutes(10);

    private static final Duration AGAIN_AFTER = Duration.ofHours(1);

    private final Transactions transactions;
    private final Texts texts;
    private final Clock clock;

    SupervisorTexts(Transactions transactions, Texts texts, Clock clock) {
        this.transactions = transactions;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "supervisor-texts";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        List<Integer> offices = transactions.run(
                connection -> Sql.on(connection, """
                        select distinct office_no from notice
                         where office_no is not null and ended_at is null and told_at is null and seen_at is null
                           and (tell_after is null or tell_after <= :now)
                         order by office_no""").with("now", now).list(row -> row.number("office_no")));
        for (int office : offices) {
            try {
                transactions.run(connection -> write(connection, office, now)).forEach(this::send);
            } catch (RuntimeException e) {
                LOG.error("An office's supervisors could not be told; the next time tries again office={}", office, e);
            }
        }
    }

    private record Due(
            UUID noticeId,
            String textKo,
            String textEn,
            @Nullable Instant mattersAt) {}

    private record Text(UUID textId, String to, String body) {
        /// Without the number and the words.
        @Override
        public String toString() {
            return "Text[" + textId + "]";
        }
    }

    private static List<Text> write(Connection connection, int officeNo, Instant now) {
        Optional<Instant> quietUntil = QuietHours.ofOffice(connection, officeNo).endAfter(now);
        List<Due> due = Sql.on(connection, """
                        select notice_id, text_ko, text_en, matters_at from notice
                         where office_no = :office and ended_at is null and told_at is null and seen_at is null
                           and (tell_after is null or tell_after <= :now)
                         order by matters_at nulls last, raised_at, notice_id
                           for update skip locked""")
                .with("office", officeNo)
                .with("now", now)
                .list(row -> new Due(
                        row.uuid("notice_id"),
                        row.secret("text_ko", SecretColumn.NOTICE_TEXT),
                        row.secret("text_en", SecretColumn.NOTICE_TEXT),
                        row.findInstant("matters_at")))
                .stream()
                .filter(notice -> quietUntil
                        .map(end ->
                                notice.mattersAt() != null && notice.mattersAt().isBefore(end))
                        .orElse(true))
                .toList();
        if (due.isEmpty()) {
            return List.of();
        }
        List<Recipient> supervisors = supervisors(connection, officeNo, now);
        if (supervisors.isEmpty()) {
            LOG.warn("An office has no supervisor who can be texted office={} notices={}", officeNo, due.size());
        }
        String[] ids = due.stream().map(notice -> notice.noticeId().toString()).toArray(String[]::new);
        Sql.on(connection, "update notice set tell_after = :after where notice_id = any(:ids::uuid[])")
                .with("after", now.plus(supervisors.isEmpty() ? AGAIN_AFTER : SENT_WITHIN))
                .with("ids", ids)
                .update();
        List<Text> written = new ArrayList<>();
        for (Recipient supervisor : supervisors) {
            UUID textId = Sql.on(connection, """
                            insert into notice_text (caseworker_no, notices, state, started_at, updated_at)
                            values (:caseworker, :ids::uuid[], 'starting', :now, :now) returning text_id""")
                    .with("caseworker", supervisor.person().number())
                    .with("ids", ids)
                    .with("now", now)
                    .get(row -> row.uuid("text_id"));
            written.add(new Text(textId, supervisor.phone(), body(connection, officeNo, supervisor, due)));
        }
        return written;
    }

    private static List<Recipient> supervisors(Connection connection, int officeNo, Instant now) {
        return Objects.requireNonNull(People.find(connection, EnumSet.of(Target.SUPERVISOR), officeNo, null, now)
                        .get(Target.SUPERVISOR))
                .stream()
                .filter(supervisor -> PhoneTroubles.list(connection, supervisor.phone(), now).stream()
                        .noneMatch(trouble -> trouble.channel() == Channel.SMS))
                .toList();
    }

    private static String body(Connection connection, int officeNo, Recipient supervisor, List<Due> due) {
        Words words = Words.of(supervisor.language());
        String office = Sql.on(connection, "select short_name, name_en from office where office_no = :office")
                .with("office", officeNo)
                .get(row -> row.text(words == Words.EN ? "name_en" : "short_name"));
        Due first = due.getFirst();
        String sentence = words == Words.EN ? first.textEn() : first.textKo();
        return due.size() == 1
                ? words.text("sms.notice", office, sentence)
                : words.text("sms.notices", office, sentence, due.size() - 1);
    }

    private void send(Text text) {
        SendResult result = texts.send(text.textId(), text.to(), text.body());
        if (result.state() == AttemptState.FAILED) {
            LOG.warn("A text to a supervisor failed text={} result=\"{}\"", text.textId(), result.word());
        }
        report(text.textId(), result.state(), result.sid(), result.error());
    }

    /// Notes what the provider reports of a text; an old report changes nothing. Notices of which every
    /// text failed are told again later.
    ///
    /// @param sid the provider's name for it; null when unknown
    /// @param error what went wrong; null for nothing
    /// @return whether there is such a text
    public boolean report(UUID textId, AttemptState next, @Nullable String sid, @Nullable String error) {
        Instant now = clock.instant();
        return transactions.run(connection -> {
            Optional<Boolean> isNews = Sql.on(
                            connection, "select state, provider_sid from notice_text where text_id = :text for update")
                    .with("text", textId)
                    .find(row ->
                            AttemptState.get(row.text("state")).isOvertakenBy(next, row.findText("provider_sid"), sid));
            if (isNews.orElse(false)) {
                Sql.on(connection, """
                                update notice_text set state = :state, provider_sid = coalesce(provider_sid, :sid),
                                                       error = :error, updated_at = :now
                                 where text_id = :text""")
                        .with("state", next.word())
                        .with("sid", sid)
                        .with("error", HiddenNumbers.in(error))
                        .with("now", now)
                        .with("text", textId)
                        .update();
                noteTold(connection, textId, now);
            }
            return isNews.isPresent();
        });
    }

    private static void noteTold(Connection connection, UUID textId, Instant now) {
        // Whoever reports the other texts about these notices waits: the last one sees all that was reported.
        Sql.on(connection, """
                        select from notice where notice_id in
                            (select unnest(notices) from notice_text where text_id = :text)
                         order by notice_id for update""").with("text", textId).list(row -> row);
        Sql.on(connection, """
                        update notice n
                           set told_at = case when t.taken then coalesce(n.told_at, :now) end,
                               tell_after = case when t.taken or t.waiting then n.tell_after else :again end
                          from (select id,
                                       bool_or(o.state in ('accepted', 'delivered')) as taken,
                                       bool_or(o.state = 'starting') as waiting
                                  from notice_text told, unnest(told.notices) id,
                                       lateral (select state from notice_text o where o.notices @> array[id]) o
                                 where told.text_id = :text group by id) t
                         where n.notice_id = t.id""")
                .with("now", now)
                .with("again", now.plus(AGAIN_AFTER))
                .with("text", textId)
                .update();
    }
}
