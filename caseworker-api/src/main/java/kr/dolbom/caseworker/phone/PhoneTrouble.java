package kr.dolbom.caseworker.phone;

import java.time.Instant;
import java.util.UUID;
import kr.dolbom.caseworker.escalation.Channel;

/// A number that cannot be used by one channel.
///
/// @param troubleId the public id
/// @param phone E.164
/// @param channel `sms`, `voice` or `alimtalk`
/// @param code the provider's
/// @param reason in our words
/// @param since when it was said first
/// @param seenAt when it was said last
public record PhoneTrouble(
        UUID troubleId, String phone, Channel channel, String code, String reason, Instant since, Instant seenAt) {}
