package kr.dolbom.broker.monitor;

import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import kr.dolbom.broker.monitor.BrokerMetrics.Family;

/// The figures that come once for each of several words, as one Prometheus counter with a label. The
/// library's own mapping to labels fails as soon as two names become one.
final class LabelledCounters implements MultiCollector {
    /// All figures but these.
    static final MetricFilter OTHERS = (name, metric) -> !isLabelled(name);

    private final MetricRegistry registry;

    LabelledCounters(MetricRegistry registry) {
        this.registry = registry;
    }

    private static boolean isLabelled(String name) {
        for (Family family : Family.values()) {
            if (family.has(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        for (Family family : Family.values()) {
            CounterSnapshot.Builder counter = CounterSnapshot.builder()
                    .name(PrometheusNaming.sanitizeMetricName(family.dotted()))
                    .help(family.help());
            registry.getCounters((name, metric) -> family.has(name))
                    .forEach((name, metric) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                            .labels(Labels.of(family.label(), family.word(name)))
                            .value((double) metric.getCount())
                            .build()));
            snapshots.metricSnapshot(counter.build());
        }
        return snapshots.build();
    }
}
