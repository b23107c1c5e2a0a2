package kr.dolbom.contract.credential;

import static kr.dolbom.contract.json.Field.required;
import static kr.dolbom.contract.json.JsonTypes.string;
import static kr.dolbom.contract.json.JsonTypes.timestamp;
import static kr.dolbom.contract.json.JsonTypes.uuid;

import java.time.OffsetDateTime;
import java.util.UUID;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;

/// The body by which a device sets the secret that it has made for itself. Only its hash is ever stored, and the
/// message itself nowhere.
///
/// @param id names the message
/// @param time when it was made, by the device's clock
/// @param data the new secret
public record RenewalMessage(UUID id, OffsetDateTime time, DeviceSecret data) {
    private static final Field<DeviceSecret, String> SECRET = required(
                    "secret",
                    string(43, 43),
                    DeviceSecret::text,
                    "256 random bits as 43 characters of base64url, unpadded.")
            .rule("DC-AUT-104");
    private static final ObjectType<DeviceSecret> SECRET_TYPE = ObjectType.object(
            "The secret that the device has made for itself.", v -> new DeviceSecret(v.get(SECRET)), SECRET);

    private static final Field<RenewalMessage, UUID> ID =
            required("id", uuid(), RenewalMessage::id, "Names the message.").rule("DC-AUT-101");
    private static final Field<RenewalMessage, OffsetDateTime> TIME = required(
                    "time", timestamp(), RenewalMessage::time, "When it was made, by the device's clock.")
            .rule("DC-AUT-102");
    private static final Field<RenewalMessage, DeviceSecret> DATA = required(
                    "data", SECRET_TYPE, RenewalMessage::data, "The new secret.")
            .rule("DC-AUT-103");

    /// How it is read, written and described.
    public static final ObjectType<RenewalMessage> TYPE = ObjectType.object(
            "A device sets its new secret.",
            v -> new RenewalMessage(v.get(ID), v.get(TIME), v.get(DATA)),
            ID,
            TIME,
            DATA);
}
