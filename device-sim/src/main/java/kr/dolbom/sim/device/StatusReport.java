package kr.dolbom.sim.device;

import java.util.List;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Sensor;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Status.Health;
import kr.dolbom.contract.telemetry.Status.SensorHealth;

/// What a healthy device on the mains says of itself. Only its birth lists the sensors.
///
/// @param firmware its software's version
record StatusReport(String firmware) {
    private static final List<SensorHealth> SENSORS = List.of(
            new SensorHealth(Sensor.MOTION, Room.BEDROOM, Health.OK),
            new SensorHealth(Sensor.MOTION, Room.BATHROOM, Health.OK),
            new SensorHealth(Sensor.MOTION, Room.KITCHEN, Health.OK),
            new SensorHealth(Sensor.MOTION, Room.LOUNGE, Health.OK),
            new SensorHealth(Sensor.MOTION, Room.HALLWAY, Health.OK),
            new SensorHealth(Sensor.MOTION, Room.BALCONY, Health.OK),
            new SensorHealth(Sensor.DOOR, Room.FRONT_DOOR, Health.OK),
            new SensorHealth(Sensor.DOOR, Room.KITCHEN, Health.OK),
            new SensorHealth(Sensor.APPLIANCE, Room.KITCHEN, Health.OK),
            new SensorHealth(Sensor.APPLIANCE, Room.LOUNGE, Health.OK),
            new SensorHealth(Sensor.TOUCH, Room.LOUNGE, Health.OK));

    Status of(Status.State state) {
        List<SensorHealth> sensors = state == Status.State.BIRTH ? SENSORS : List.of();
        return new Status(state, firmware, Contract.VERSION, 100L, true, -58L, sensors, null);
    }
}
