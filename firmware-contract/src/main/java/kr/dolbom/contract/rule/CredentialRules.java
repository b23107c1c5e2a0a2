package kr.dolbom.contract.rule;

import static kr.dolbom.contract.rule.Requirement.must;

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
                    "broker-ext:AccessTest#aConnectionWithoutAnyCredentialsIsNotAuthorized"),
            must(
                    "DC-AUT-003",
                    "A secret MUST be 256 random bits that the device makes itself, as 43 characters of base64url"
                            + " without padding.",
                    "firmware-contract:RenewalTest#aSecretOfAnotherFormIsRefused"));

    private CredentialRules() {}
}
