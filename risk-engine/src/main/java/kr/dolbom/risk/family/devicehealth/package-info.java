/// The device's own health: battery, sensors, clock. Read [DeviceHealth]. Whether a device is heard at all does not
/// belong here.
@NullMarked
package kr.dolbom.risk.family.devicehealth;

import org.jspecify.annotations.NullMarked;
