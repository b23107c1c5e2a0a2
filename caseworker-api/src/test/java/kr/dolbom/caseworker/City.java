package kr.dolbom.caseworker;

import static org.awaitility.Awaitility.await;

import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.sim.phone.line.Phone;
import org.jspecify.annotations.Nullable;

/// One running program for all tests of a class, on a settable clock, and a new office for each test: its people, their
/// phones, its residents. What an earlier test left open is closed, so that no phone of it rings on.
final class City implements AutoCloseable {
    static final Duration SOON = Town.SOON;

    final Town town = new Town();
    private EmbeddedServer server;
    private int numbers;

    /// Starts the program.
    ///
    /// @param settings pairs of name and value
    City(Object... settings) {
        for (int i = 0; i < settings.length; i += 2) {
            town.with(settings[i].toString(), settings[i + 1]);
        }
        server = town.start();
    }

    /// A part of the running program.
    <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    /// Stops the program and starts it again, on the same database.
    void restart() {
        server.stop();
        server = town.start();
    }

    /// Somebody with a phone.
    record Person(int number, UUID id, String name, Phone phone) {
        /// Answers and presses a key.
        void press(String key) {
            phone.answer(SOON);
            phone.press(key, SOON);
        }

        /// Lets it ring until it stops, and waits until the program knows.
        void ringOut(City city) {
            phone.ringOut(SOON);
            city.awaitQuiet(phone);
        }

        /// Answers, takes it, and hears the end.
        void take() {
            press("1");
            phone.awaitCallEnd(SOON);
        }
    }

    /// A new office without quiet hours.
    Office open() {
        town.execute("""
                update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm'
                 where state <> 'resolved'""");
        town.execute("delete from scheduled_tasks where task_name = 'alert-look-again' and not picked");
        town.execute("delete from check_in_plan");
        town.execute(
                "update check_in set state = 'left-out', left_out = 'over', ended_at = now() where ended_at is null");
        town.execute("update task set state = 'done', done_at = now() where state <> 'done'");
        int number = insert("""
                insert into office (name_ko, name_en, short_name)
                values ('고양시청 노인복지과', 'Goyang City Hall, Senior Welfare', '고양시 노인복지과')
                returning office_no as number""", Map.of());
        town.execute("""
                insert into risk_setting_change (office_no, name, value, changed_by, reason)
                values (%1$d, 'quiet.begins', 0, 'operator', 'no quiet hours'),
                       (%1$d, 'quiet.ends', 0, 'operator', 'no quiet hours')""".formatted(number));
        return new Office(number);
    }

    /// One of them.
    final class Office {
        final int number;

        Office(int number) {
            this.number = number;
        }

        UUID id() {
            return uuid("select office_id as id from office where office_no = :number", number);
        }

        Person caseworker(String name) {
            return add(name, "caseworker");
        }

        Person supervisor(String name) {
            return add(name, "supervisor");
        }

        /// Somebody who is on call from now on; the first is called first.
        Person onCall(String name) {
            Person person = add(name, "caseworker");
            insert("""
                    insert into on_call_shift (office_no, caseworker_no, position, starts_at)
                    values (:office, :caseworker,
                            (select coalesce(max(position), 0) + 1 from on_call_shift where office_no = :office),
                            now() - interval '1 hour')
                    returning shift_no as number""", Map.of("office", number, "caseworker", person.number()));
            return person;
        }

        /// The console of somebody who has signed in.
        Client signIn(Person person) {
            String login = "person-" + person.number();
            town.transactions.run(
                    connection -> Accounts.add(connection, login, Town.PASSWORD, Role.CASEWORKER, person.number()));
            return new Client(town.url).signIn(login, Town.PASSWORD).with("Accept", "*/*");
        }

        private Person add(String name, String duty) {
            String phone = "+8210%08d".formatted(10_000_000 + ++numbers);
            int caseworker = insert("""
                    insert into caseworker (office_no, name, phone, duty) values (:office, :name, :phone, :duty)
                    returning caseworker_no as number""", Map.of("office", number, "name", name, "phone", phone, "duty", duty));
            UUID id = uuid("select caseworker_id as id from caseworker where caseworker_no = :number", caseworker);
            return new Person(caseworker, id, name, town.phones.phone(phone));
        }

        /// A resident without any device.
        Home resident(String name) {
            int resident = insert("""
                    insert into resident (office_no, name, birth_year, neighbourhood, address)
                    values (:office, :name, 1941, '대화동', '대화로 12, 301호') returning resident_no as number""", Map.of("office", number, "name", name));
            return new Home(resident);
        }

        /// Sets whom to call for a tier, as JSON.
        void policy(String tier, String policy) {
            insert("""
                    insert into escalation_policy (office_no, tier, policy, changed_by, reason)
                    values (:office, :tier, :policy::jsonb, 'operator', 'as the test needs it')
                    returning policy_no as number""", Map.of("office", number, "tier", tier, "policy", policy));
        }
    }

    /// A resident's home.
    final class Home {
        final int number;

        Home(int number) {
            this.number = number;
        }

        /// A device that is connected.
        Home device(String deviceId) {
            int device = insert("""
                    insert into device (device_id, resident_no, vendor, model)
                    values (:id, :resident, 'Acme', 'Doll') returning device_no as number""", Map.of("id", deviceId + "-" + number, "resident", number));
            insert("""
                    insert into device_presence (device_no, connected, changed_at, reason)
                    values (:device, true, now(), 'connect') returning device_no as number""", Map.of("device", device));
            return this;
        }

        /// Their public id.
        UUID id() {
            return uuid("select resident_id as id from resident where resident_no = :number", number);
        }

        /// Their own phone, by which they may be asked how they are.
        Person phone(String name) {
            String phone = "+8210%08d".formatted(10_000_000 + ++numbers);
            town.execute("update resident set phone = '%s', check_in_call_consent = true where resident_no = %d"
                    .formatted(phone, number));
            return new Person(number, id(), name, town.phones.phone(phone));
        }

        /// Everything that the robot was told to say or ask, oldest first.
        List<String> heard() {
            return town.list("""
                    select kind || ': ' || coalesce(data ->> 'text', data ->> 'question') as text
                      from device_command join device using (device_no)
                     where resident_no = :value order by device_command.created_at, kind""", number);
        }

        /// Answers the robot's latest question, as the broker writes it.
        void answer(String answer) {
            answerCommand("""
                    select command_id from device_command join device using (device_no)
                     where resident_no = %d and kind = 'check-in' order by device_command.created_at desc limit 1""".formatted(number), answer, null);
        }

        /// Their own caseworker.
        Home of(Person caseworker) {
            town.execute("update resident set caseworker_no = %d where resident_no = %d"
                    .formatted(caseworker.number(), number));
            return this;
        }

        Person guardian(String name, boolean consents) {
            String phone = "+8210%08d".formatted(10_000_000 + ++numbers);
            int guardian = insert("""
                    insert into guardian (resident_no, name, relation, phone, consented_at)
                    values (:resident, :name, '딸', :phone, case when :consents then now() end)
                    returning guardian_no as number""", Map.of("resident", number, "name", name, "phone", phone, "consents", consents));
            UUID id = uuid("select guardian_id as id from guardian where guardian_no = :number", guardian);
            return new Person(guardian, id, name, town.phones.phone(phone));
        }

        /// Raises an alert as the risk engine does.
        UUID raise(String tier, String family) {
            return raise(tier, family, false);
        }

        /// Raises an alert that is an exercise.
        UUID drill(String tier, String family) {
            return raise(tier, family, true);
        }

        private UUID raise(String tier, String family, boolean drill) {
            return town.transactions.run(connection -> {
                UUID alert = Sql.on(connection, """
                                insert into alert (resident_no, family, tier, reason_ko, reason_en, moment, drill)
                                values (:resident, :family, :tier, '02시 10분부터 움직임이 없습니다.',
                                        'No movement since 02:10.', now(), :drill) returning alert_id""")
                        .with("drill", drill)
                        .with("resident", number)
                        .with("family", family)
                        .with("tier", tier)
                        .get(row -> row.uuid("alert_id"));
                Sql.on(connection, "select pg_notify('dolbom_alert', :alert)::text as told")
                        .with("alert", alert.toString())
                        .list(row -> row);
                return alert;
            });
        }
    }

    /// A device answers the robot's latest question for an alert, as the broker writes it.
    void answerLatest(UUID alert, String answer) {
        answerLatest(alert, answer, null);
    }

    /// The same, with how the resident answered.
    void answerLatest(UUID alert, String answer, @Nullable String by) {
        answerCommand("""
                select command_id from device_command where alert_id = '%s' and kind = 'check-in'
                 order by created_at desc limit 1""".formatted(alert), answer, by);
    }

    private void answerCommand(String which, String answer, @Nullable String by) {
        town.transactions.run(connection -> {
            UUID command = Sql.on(connection, """
                            update device_command
                               set state = 'answered', sent_at = coalesce(sent_at, now()), answered_at = now(),
                                   answer = jsonb_strip_nulls(jsonb_build_object(
                                       'commandId', command_id, 'answer', :answer::text, 'by', :by::text))
                             where command_id = (%s) returning command_id""".formatted(which))
                    .with("answer", answer)
                    .with("by", by)
                    .get(row -> row.uuid("command_id"));
            return Sql.on(connection, "select pg_notify('dolbom_command_state', :command)::text as told")
                    .with("command", command.toString())
                    .list(row -> row.findText("told"));
        });
    }

    /// Waits until the alert is in this state.
    void awaitState(UUID alert, String state) {
        await().atMost(SOON).until(() -> town.stateOf(alert), state::equals);
    }

    /// Waits until the alert's timeline has this.
    void awaitEvent(UUID alert, String event) {
        await().atMost(SOON).until(() -> town.events(alert), events -> events.contains(event));
    }

    /// Waits until the program knows of no call to this phone that has not ended.
    private void awaitQuiet(Phone phone) {
        await().atMost(SOON).until(() -> town.text("""
                select count(*)::text as text from escalation_attempt
                 where destination = any(:value) and channel = 'voice'
                   and state in ('starting', 'accepted', 'ringing', 'answered')""", SecretColumn.PHONE.anyOf(phone.number())), "0"::equals);
    }

    /// Who has an alert; `nobody` before.
    String owner(UUID alert) {
        return town.text("""
                select coalesce(c.name, g.name, 'nobody') as text
                  from alert left join caseworker c on c.caseworker_no = acknowledged_by
                             left join guardian g on g.guardian_no = acknowledged_guardian
                 where alert_id = :value""", alert);
    }

    /// How often each phone has rung.
    static List<Integer> rings(Person... people) {
        List<Integer> rings = new ArrayList<>();
        for (Person person : people) {
            rings.add(person.phone().rings().size());
        }
        return rings;
    }

    /// Waits until something holds.
    static void awaitThat(BooleanSupplier fact) {
        await().atMost(SOON).until(fact::getAsBoolean);
    }

    /// The same, once the program knows of no call to this person that has not ended.
    void passQuietly(Person person, Duration time) {
        awaitQuiet(person.phone());
        pass(time);
    }

    /// It becomes this time of day, within the next 24 hours.
    void passUntil(LocalTime time) {
        ZonedDateTime now = town.clock.instant().atZone(town.clock.getZone());
        ZonedDateTime then = now.with(time);
        pass(Duration.between(now, then.isAfter(now) ? then : then.plusDays(1)));
    }

    /// The machine's clock is set back.
    void setClockBack(Duration time) {
        town.clock.setBack(time);
    }

    /// Time passes; whatever is due then is done.
    void pass(Duration time) {
        town.clock.pass(time);
    }

    private int insert(String statement, Map<String, ?> values) {
        return town.transactions.run(connection -> {
            Sql sql = Sql.on(connection, statement);
            values.forEach(sql::with);
            return sql.get(row -> row.number("number"));
        });
    }

    private UUID uuid(String query, int number) {
        return town.transactions.run(
                connection -> Sql.on(connection, query).with("number", number).get(row -> row.uuid("id")));
    }

    @Override
    public void close() {
        town.close();
    }
}
