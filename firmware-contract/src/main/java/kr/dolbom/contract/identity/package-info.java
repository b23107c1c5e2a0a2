/// How a device proves who it is: [DeviceSecret] on the device's side, [SecretHash] on the registry's.
/// A device that has no secret yet comes with a [ClaimCode].
@NullMarked
package kr.dolbom.contract.identity;

import org.jspecify.annotations.NullMarked;
