/// Devices that speak the firmware contract over MQTT 5, as a vendor's robot would.
///
/// Start with [SimulatedDevice]; [DeviceConfig] is what it is given, [DeviceListener] what can be seen
/// of it. Within: [Recorder] makes telemetry of what happens in a home, [Outbox] keeps what the broker
/// has not acknowledged, [MqttLink] is one connection, [Keyring] knows by what to connect and
/// [Secrets.Store] keeps that, [Orders] carries out commands. What happens in a home is not decided
/// here, nor is anything of the platform known but the contract.
@NullMarked
package kr.dolbom.sim.device;

import org.jspecify.annotations.NullMarked;
