package kr.dolbom.broker.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.broker.registry.RevokedCertificates;
import kr.dolbom.broker.registry.ServiceAccount;
import kr.dolbom.broker.registry.ServiceRegistry;

/// The clients that were let in last, and by what: who of them may not stay any more when the registry
/// has changed. Clients that have gone since are among them, as there is no harm in disconnecting
/// nobody. Safe for use by many threads.
public final class Admissions {
    /// HiveMQ disconnects nobody who is let in but not yet connected; so it is said again for a while.
    private static final Duration SAID_AGAIN = Duration.ofSeconds(30);

    private final DeviceRegistry devices;
    private final ServiceRegistry services;
    private final RevokedCertificates revoked;
    private final InstantSource clock;
    private final ConcurrentMap<String, Entry> latest = new ConcurrentHashMap<>();

    private record Entry(Admission admission, Instant since) {}

    /// Nobody yet.
    public Admissions(
            DeviceRegistry devices, ServiceRegistry services, RevokedCertificates revoked, InstantSource clock) {
        this.devices = devices;
        this.services = services;
        this.revoked = revoked;
        this.clock = clock;
    }

    void add(String clientId, Admission admission) {
        latest.put(clientId, new Entry(admission, clock.instant()));
    }

    /// The client ids of those who may not stay.
    public List<String> listWithdrawn() {
        List<String> withdrawn = new ArrayList<>();
        latest.forEach((clientId, entry) -> {
            if (!stands(clientId, entry.admission())) {
                withdrawn.add(clientId);
                if (entry.since().plus(SAID_AGAIN).isBefore(clock.instant())) {
                    latest.remove(clientId, entry);
                }
            }
        });
        return withdrawn;
    }

    private boolean stands(String clientId, Admission admission) {
        if (admission.kind() == Admission.Kind.SERVICE) {
            return ServiceAccount.findName(clientId)
                    .flatMap(services::find)
                    .filter(account -> account.number() == admission.number() && !account.revoked())
                    .isPresent();
        }
        return AdmissionRules.stands(admission, devices.find(clientId), revoked::contains);
    }
}
