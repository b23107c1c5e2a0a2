package kr.dolbom.risk.follow;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How the feed is followed; environment variables `DOLBOM_ENGINE_FEED_…`.
///
/// @param reader names the position in the feed
/// @param poll how long to wait for a notification before looking without one
/// @param batchRows how many rows a batch has, or more where the last transaction has more
/// @param historyDays how many days of telemetry are read again at the start, where residents' states are not kept
/// @param retry how long to wait after a failure
/// @param snapshotEvery within which time a change of a resident's state is kept
/// @param lease how long an engine that is not heard of still counts as the one that follows the feed
@ConfigurationProperties("dolbom.engine.feed")
public record FollowSettings(
        @Bindable(defaultValue = "risk-engine") String reader,
        @Bindable(defaultValue = "PT1S") Duration poll,
        @Bindable(defaultValue = "5000") int batchRows,
        @Bindable(defaultValue = "45") int historyDays,
        @Bindable(defaultValue = "PT0.5S") Duration retry,
        @Bindable(defaultValue = "PT5M") Duration snapshotEvery,
        @Bindable(defaultValue = "PT10S") Duration lease) {}
