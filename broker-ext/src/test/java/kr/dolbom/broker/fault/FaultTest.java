package kr.dolbom.broker.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.identity.SecretHash;
import kr.dolbom.db.DatabaseConnection;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two hundred stock clients publish numbered messages while the broker and PostgreSQL, each a process
/// of its own, are killed ten times at random moments. Nothing is helped on but that what was killed is
/// started again.
class FaultTest {
    private static final int DEVICES = 200;
    private static final int KILLS = 10;
    private static final int HOLD_SECONDS = 2;
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(250);
    private static final int FEWEST_BETWEEN_KILLS = 200;
    private static final int MOST_BETWEEN_KILLS = 2_000;
    private static final Duration TO_RECOVER = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<CountingDevice> devices = new ArrayList<>();
    private final AtomicInteger toldBusy = new AtomicInteger();

    /// What is killed, and how it comes back.
    private enum Fault {
        BROKER,
        /// The program that watches over PostgreSQL starts it again at once.
        DATABASE,
        /// It is away for longer than the broker holds messages.
        DATABASE_FOR_LONG
    }

    @Test
    void everyAcknowledgedNumberIsThereOnceWhateverIsKilled() throws Exception {
        long seed = Long.getLong("dolbom.test.seed", System.nanoTime());
        System.out.println("FaultTest: repeat with -Ddolbom.test.seed=" + seed);
        Random random = new Random(seed);
        ScheduledExecutorService traffic = Executors.newScheduledThreadPool(2);
        try (DatabaseProcess database = new DatabaseProcess(folder, Programs.freePort())) {
            database.start();
            DatabaseConnection connection = database.awaitConnection();
            try (BrokerProcess broker =
                    new BrokerProcess(folder, connection, Programs.freePort(), Programs.freePort())) {
                broker.start(HOLD_SECONDS);
                connect(broker, connection);
                for (CountingDevice device : devices) {
                    ScheduledFuture<?> _ = traffic.scheduleWithFixedDelay(
                            device::publish,
                            random.nextLong(BETWEEN_MESSAGES.toMillis()),
                            BETWEEN_MESSAGES.toMillis(),
                            TimeUnit.MILLISECONDS);
                }

                for (Fault fault : faults(random)) {
                    awaitAcknowledgedBy(random.nextInt(FEWEST_BETWEEN_KILLS, MOST_BETWEEN_KILLS));
                    inflict(fault, database, broker);
                    awaitAnAcknowledgementOfEach();
                }
                traffic.shutdown();
                traffic.awaitTermination(10, TimeUnit.SECONDS);
                await().atMost(TO_RECOVER).until(() -> devices.stream().allMatch(CountingDevice::isAllAcknowledged));

                assertEquals(expectedRows(), rows(connection));
                assertEquals(
                        0,
                        devices.stream().mapToInt(CountingDevice::countRefused).sum());
                assertEquals(List.of(), outOfOrder(connection));
                System.out.printf(
                        "FaultTest: %d messages of %d devices, %d kills, told busy %d times, none out of order%n",
                        acknowledged(), DEVICES, KILLS, toldBusy.get());
            }
        } finally {
            traffic.shutdownNow();
            for (CountingDevice device : devices) {
                device.close();
            }
        }
    }

    private static List<Fault> faults(Random random) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < KILLS / 2; i++) {
            faults.add(Fault.BROKER);
            faults.add(i % 2 == 0 ? Fault.DATABASE : Fault.DATABASE_FOR_LONG);
        }
        Collections.shuffle(faults, random);
        return faults;
    }

    private void inflict(Fault fault, DatabaseProcess database, BrokerProcess broker) throws IOException {
        switch (fault) {
            case BROKER -> {
                broker.kill();
                broker.start(HOLD_SECONDS);
            }
            case DATABASE -> database.killServer();
            case DATABASE_FOR_LONG -> {
                int before = toldBusy.get();
                database.killAll();
                await().atMost(TO_RECOVER).until(() -> toldBusy.get() > before);
                database.start();
            }
        }
    }

    private void connect(BrokerProcess broker, DatabaseConnection database) throws Exception {
        List<String> secrets = new ArrayList<>();
        try (Connection connection = open(database);
                PreparedStatement insert = connection.prepareStatement("""
                        with device as (
                            insert into device (device_id, vendor, model) values (?, 'test', 'test')
                            returning device_no
                        )
                        insert into device_credential (device_no, kind, salt, hash)
                        select device_no, 'secret', ?, ? from device
                        returning device_no""")) {
            for (int i = 0; i < DEVICES; i++) {
                DeviceSecret secret = DeviceSecret.generate();
                SecretHash hash = secret.hash();
                insert.setString(1, "counting-" + i);
                insert.setBytes(2, hash.salt());
                insert.setBytes(3, hash.hash());
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    devices.add(new CountingDevice(broker.uri(), "counting-" + i, row.getInt(1), toldBusy));
                }
                secrets.add(secret.text());
            }
        }
        // A first connection is not tried again by Paho; from then on it is.
        for (int i = 0; i < DEVICES; i++) {
            CountingDevice device = devices.get(i);
            String secret = secrets.get(i);
            await().atMost(TO_RECOVER).until(() -> connected(device, secret));
        }
    }

    private static boolean connected(CountingDevice device, String secret) {
        try {
            IMqttToken token = device.connect(secret);
            token.waitForCompletion(15_000);
            return true;
        } catch (MqttException e) {
            return false;
        }
    }

    private int acknowledged() {
        return devices.stream().mapToInt(CountingDevice::countAcknowledged).sum();
    }

    private void awaitAcknowledgedBy(int more) {
        int wanted = acknowledged() + more;
        await().atMost(TO_RECOVER).pollInterval(Duration.ofMillis(20)).until(() -> acknowledged() >= wanted);
    }

    private void awaitAnAcknowledgementOfEach() {
        int[] before =
                devices.stream().mapToInt(CountingDevice::countAcknowledged).toArray();
        await().atMost(TO_RECOVER)
                .until(() ->
                        IntStream.range(0, DEVICES).allMatch(i -> devices.get(i).countAcknowledged() > before[i]));
    }

    /// `device number: how many, how many different, lowest and highest number`: all that were
    /// acknowledged, which are all that were published, each once.
    private List<String> expectedRows() {
        return devices.stream()
                .map(device -> "%d: %2$d %2$d 0 %3$d"
                        .formatted(device.number(), device.countAcknowledged(), device.countAcknowledged() - 1))
                .toList();
    }

    private static List<String> rows(DatabaseConnection database) throws SQLException {
        return query(database, """
                select device_no || ': ' || concat_ws(' ', count(*), count(distinct seq), min(seq), max(seq))
                  from telemetry group by device_no order by device_no""");
    }

    /// The messages that were stored in an earlier transaction than the one before them of their device.
    private static List<String> outOfOrder(DatabaseConnection database) throws SQLException {
        return query(database, """
                select concat_ws(' ', 'device', device_no, 'number', seq, 'received', received_at, 'transaction', txid,
                                 'before it', before_received_at, before_txid)
                  from (select device_no, seq, received_at, txid, lag(txid) over device as before_txid,
                               lag(received_at) over device as before_received_at
                          from telemetry window device as (partition by device_no order by seq)) as message
                 where txid < before_txid
                 order by txid, device_no""");
    }

    private static List<String> query(DatabaseConnection database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = open(database);
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private static Connection open(DatabaseConnection database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
