package kr.dolbom.broker.presence;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The devices that are connected now. Safe for use by many threads.
public final class Connections {
    private final ConcurrentMap<String, Object> latest = new ConcurrentHashMap<>();

    /// Nobody.
    public Connections() {}

    /// The client ids of all connected devices, as of now.
    public Set<String> listDeviceIds() {
        return Set.copyOf(latest.keySet());
    }

    /// How many devices are connected now.
    public int count() {
        return latest.size();
    }

    void begin(String deviceId, Object connection) {
        latest.put(deviceId, connection);
    }

    /// Whether it was the device's latest connection: a device that takes over from itself ends the old one after
    /// the new one began.
    boolean end(String deviceId, Object connection) {
        return latest.remove(deviceId, connection);
    }
}
