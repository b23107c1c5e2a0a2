package kr.dolbom.caseworker.intake;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.registry.Devices;
import kr.dolbom.caseworker.registry.Residents;
import kr.dolbom.contract.identity.ClaimCode;
import org.jspecify.annotations.Nullable;

/// Plans a file of devices, each with the code that is printed in its box. A known one may be put into a home.
final class DeviceFile {
    private final Homes homes;
    private final Map<String, Devices.Known> known = new HashMap<>();
    private final int thisYear;
    private final Instant now;
    private final Viewer viewer;
    private final Steps steps = new Steps();

    private DeviceFile(
            Connection connection, int officeNo, List<Sheet.Row> rows, int thisYear, Instant now, Viewer viewer) {
        homes = Homes.of(connection, officeNo);
        List<String> ids =
                rows.stream().map(row -> Reading.of(row.cells()).raw("device")).toList();
        Devices.list(connection, ids).forEach(device -> known.put(device.deviceId(), device));
        this.thisYear = thisYear;
        this.now = now;
        this.viewer = viewer;
    }

    static Plan plan(
            Connection connection, int officeNo, List<Sheet.Row> rows, int thisYear, Instant now, Viewer viewer) {
        var file = new DeviceFile(connection, officeNo, rows, thisYear, now, viewer);
        rows.forEach(file::read);
        return file.steps.plan(Kind.DEVICES, rows.size());
    }

    private void read(Sheet.Row row) {
        Reading reading = Reading.of(row.cells());
        String device = reading.deviceId("device");
        String vendor = reading.text("vendor", 60);
        String model = reading.text("model", 60);
        Optional<ClaimCode> code = ClaimCode.find(reading.raw("claim-code"));
        steps.once(row, reading, "device", "device", device);
        Devices.Known before = known.get(device);
        if (before == null && code.isEmpty()) {
            // The code is as good as a key: it is not shown again.
            reading.hiddenFault("claim-code", "claim-code");
        }
        if (before != null && !(before.vendor().equals(vendor) && before.model().equals(model))) {
            reading.fault("device", "device-known", before.vendor() + " " + before.model());
        }
        Residents.Known resident = resident(reading);
        steps.add(row, reading, () -> step(row, device, vendor, model, code.orElse(null), resident));
    }

    private Residents.@Nullable Known resident(Reading reading) {
        if (reading.raw("resident").isEmpty()) {
            return null;
        }
        int birthYear = reading.birthYear("birth-year", thisYear);
        return homes.find(reading, reading.text("resident", 40), birthYear).orElse(null);
    }

    private Plan.Step step(
            Sheet.Row row,
            String device,
            String vendor,
            String model,
            @Nullable ClaimCode code,
            Residents.@Nullable Known resident) {
        Integer residentNo = resident == null ? null : resident.number();
        Devices.Known before = known.get(device);
        if (before == null) {
            ClaimCode claim = Objects.requireNonNull(code);
            return new Plan.Step(row.line(), Plan.Action.ADD, device, List.of(), "", residentNo, connection -> {
                Devices.register(connection, device, residentNo, vendor, model, claim, now, viewer);
                return residentNo;
            });
        }
        boolean moves = residentNo != null && !residentNo.equals(before.residentNo());
        List<Plan.Difference> differences = new ArrayList<>();
        if (moves) {
            Steps.differ(
                    differences,
                    "resident",
                    "",
                    Objects.requireNonNull(resident).entry().name());
        }
        return new Plan.Step(
                row.line(),
                Steps.change(differences),
                device,
                differences,
                before.toString(),
                residentNo,
                connection -> {
                    Devices.bind(connection, device, residentNo, viewer);
                    return residentNo;
                });
    }
}
