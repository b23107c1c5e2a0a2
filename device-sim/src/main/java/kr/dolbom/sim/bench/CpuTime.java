package kr.dolbom.sim.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the processors were busy with: the clients in this process, a broker, and the database.
///
/// @param clients time of this process
/// @param broker time of the broker's
/// @param database time of all of the server's processes
record CpuTime(Duration clients, Duration broker, Duration database) {
    static CpuTime now(long brokerPid, List<Long> databasePids) {
        return new CpuTime(of(List.of(ProcessHandle.current().pid())), of(List.of(brokerPid)), of(databasePids));
    }

    private static Duration of(Collection<Long> pids) {
        return pids.stream()
                .map(ProcessHandle::of)
                .flatMap(Optional::stream)
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// Microseconds that each took for one of so many messages.
    Share since(CpuTime before, long messages) {
        return new Share(
                micros(clients.minus(before.clients), messages),
                micros(broker.minus(before.broker), messages),
                micros(database.minus(before.database), messages));
    }

    private static double micros(Duration time, long messages) {
        return time.toNanos() / 1e3 / Math.max(1, messages);
    }

    /// Microseconds of processor time a message.
    record Share(double clients, double broker, double database) {}
}
