/// How a device proves who it is: [DeviceSecret] on the device's side, [SecretHash] on the registry's.
@NullMarked
package kr.dolbom.contract.identity;

import org.jspecify.annotations.NullMarked;
