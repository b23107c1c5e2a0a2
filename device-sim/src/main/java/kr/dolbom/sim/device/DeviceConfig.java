package kr.dolbom.sim.device;

import java.net.URI;
import java.time.Duration;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.topic.DeviceId;
import org.jspecify.annotations.Nullable;

/// How a device is set up.
///
/// @param id the device id; client id and user name as well
/// @param secrets by what it proves itself, and where it keeps that
/// @param broker `tcp://host:port` or `ssl://host:port`
/// @param tls how it speaks TLS; null: as the JDK does by itself, without a certificate of its own
/// @param heartbeat how often it says that it is alive; 60 s to 1 h
/// @param activityWindow over how long it counts before it reports; 10 s to 1 h
/// @param inactivityAfter how long nothing may be noticed before its own no-motion timer reports, and
///     again after each such time
/// @param firmware its software's version
/// @param firstReconnect about how long it waits before the first attempt to reconnect; doubled with
///     each
/// @param lastReconnect the longest that it waits between attempts
/// @param announced whether it begins each connection with its birth, as the contract demands
public record DeviceConfig(
        DeviceId id,
        Secrets.Store secrets,
        URI broker,
        @Nullable DeviceTls tls,
        Duration heartbeat,
        Duration activityWindow,
        Duration inactivityAfter,
        String firmware,
        Duration firstReconnect,
        Duration lastReconnect,
        boolean announced) {
    /// A device with the usual settings: heartbeat 5 min, window 10 min, no-motion timer 8 h,
    /// reconnects after 1 s to 1 min.
    public DeviceConfig(DeviceId id, DeviceSecret secret, URI broker) {
        this(id, Secrets.Store.inMemory(Secrets.of(secret)), broker, null);
    }

    /// A device with the usual settings.
    public DeviceConfig(DeviceId id, Secrets.Store secrets, URI broker, @Nullable DeviceTls tls) {
        this(
                id,
                secrets,
                broker,
                tls,
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofHours(8),
                "sim-1.0.0",
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                true);
    }

    /// The address of a broker without TLS.
    public static URI tcp(String host, int port) {
        return URI.create("tcp://" + host + ":" + port);
    }

    /// The address of a broker with TLS.
    public static URI ssl(String host, int port) {
        return URI.create("ssl://" + host + ":" + port);
    }

    /// The same with another heartbeat.
    public DeviceConfig withHeartbeat(Duration every) {
        return new DeviceConfig(
                id,
                secrets,
                broker,
                tls,
                every,
                activityWindow,
                inactivityAfter,
                firmware,
                firstReconnect,
                lastReconnect,
                announced);
    }

    /// The same with another activity window.
    public DeviceConfig withActivityWindow(Duration length) {
        return new DeviceConfig(
                id,
                secrets,
                broker,
                tls,
                heartbeat,
                length,
                inactivityAfter,
                firmware,
                firstReconnect,
                lastReconnect,
                announced);
    }

    /// The same with other waits between attempts to reconnect.
    public DeviceConfig withReconnect(Duration first, Duration last) {
        return new DeviceConfig(
                id, secrets, broker, tls, heartbeat, activityWindow, inactivityAfter, firmware, first, last, announced);
    }

    /// The same without its birth: whoever plays the past has a clock that stands in the past, and would be taken for a
    /// device whose clock is wrong.
    public DeviceConfig withoutBirth() {
        return new DeviceConfig(
                id,
                secrets,
                broker,
                tls,
                heartbeat,
                activityWindow,
                inactivityAfter,
                firmware,
                firstReconnect,
                lastReconnect,
                false);
    }
}
