package kr.dolbom.contract.rule;

import static kr.dolbom.contract.rule.Requirement.must;
import static kr.dolbom.contract.rule.Requirement.should;

import java.util.List;

/// Who a device is, and how it changes what it proves that by.
final class CredentialRules {
    static final List<Requirement> ALL = List.of(
            must(
                    "DC-AUT-001",
                    "A device MUST give its device id as user name and its own secret as password, unless it proves"
                            + " itself by a client certificate. Unknown and revoked devices are refused alike.",
                    "broker-ext:AccessTest#aWrongSecretIsNotAuthorized",
                    "broker-ext:AccessTest#anUnknownDeviceIsNotAuthorized",
                    "broker-ext:AccessTest#aRevokedDeviceIsNotAuthorized",
                    "broker-ext:AccessTest#aConnectionWithoutAnyCredentialsIsNotAuthorized",
                    "broker-ext:StockClientTest#mosquittoIsRefusedWithAWrongSecret"),
            must(
                    "DC-AUT-002",
                    "A device that proves itself by a client certificate MUST present one whose common name is its"
                            + " device id, of an issuer that the platform trusts, not expired and not revoked; a user"
                            + " name, where it gives one, is its device id.",
                    "broker-ext:TlsTest#aDeviceComesByItsCertificate",
                    "broker-ext:TlsTest#aCertificateOfAnotherDeviceIsNotAuthorized",
                    "broker-ext:TlsTest#aCertificateOfAnUntrustedIssuerEndsTls",
                    "broker-ext:TlsTest#anExpiredCertificateEndsTls",
                    "broker-ext:TlsTest#aRevokedCertificateIsNotAuthorizedAndWhoeverIsConnectedByItIsDisconnected"),
            must(
                    "DC-AUT-003",
                    "A secret MUST be 256 random bits that the device makes itself, as 43 characters of base64url"
                            + " without padding.",
                    "firmware-contract:RenewalTest#aSecretOfAnotherFormIsRefused"),
            must(
                    "DC-AUT-004",
                    "A device that has no secret yet MUST connect with its one-time claim code as password; over such a"
                            + " connection it may set its secret, and nothing else.",
                    "broker-ext:EnrolmentTest#aDeviceSetsItsSecretByItsClaimCodeAndComesWithItFromThenOn",
                    "broker-ext:EnrolmentTest#aClaimCodeIsForSettingASecretAlone",
                    "broker-ext:EnrolmentTest#aClaimCodeThatWasUsedIsWorthNothing",
                    "broker-ext:EnrolmentTest#aClaimCodeThatHasExpiredIsWorthNothing"),
            must(
                    "DC-AUT-005",
                    "A device MUST keep a new secret before it publishes it, and from then on try the new one first and"
                            + " the old one second: both are valid until the new one was used, the old one for seven"
                            + " days at most.",
                    "broker-ext:RotationTest#bothSecretsAreValidUntilTheNewOneWasUsed",
                    "broker-ext:RotationTest#whoseAcknowledgementWasLostMaySendAgainOrComeWithTheNewSecret",
                    "broker-ext:RotationTest#theOldSecretExpiresSevenDaysAfterTheNewOneWasSet"),
            should(
                    "DC-AUT-006",
                    "A device SHOULD set a new secret when the command `renew-secret` tells it to.",
                    "broker-ext:RotationTest#theCommandToRenewReachesTheDevice"),
            must(
                    "DC-AUT-007",
                    "A device that is revoked while it is connected MUST expect a DISCONNECT with 0x87 within 5 seconds,"
                            + " and a CONNACK with 0x87 until its operator lifts the revocation.",
                    "broker-ext:RegistryChangeTest#aRevokedDeviceIsDisconnectedAndNotLetInAgain"));

    private CredentialRules() {}
}
