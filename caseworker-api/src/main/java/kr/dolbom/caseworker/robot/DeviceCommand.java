package kr.dolbom.caseworker.robot;

import java.time.Instant;
import java.util.UUID;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import org.jspecify.annotations.Nullable;

/// What a device was told to do, and what became of it.
///
/// @param commandId the id that the device sees
/// @param kind `check-in` or `speak`
/// @param state `pending`, `sent`, `delivered`, `answered`, `failed` or `expired`
/// @param createdAt when it was given
/// @param expiresAt when it lapses
/// @param sentAt when it was first handed to a connection; null: never
/// @param deliveredAt when the device said that it has it; null: it did not
/// @param answeredAt when the device told what the resident answered, or that there was no answer; null: it did not
/// @param answer what it told; null: nothing, or nothing that can be read
/// @param failure why the device refused it; null: it did not
public record DeviceCommand(
        UUID commandId,
        String kind,
        String state,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant sentAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant answeredAt,
        CheckInAnswer.@Nullable Answer answer,
        @Nullable String failure) {}
