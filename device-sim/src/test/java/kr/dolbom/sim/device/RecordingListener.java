package kr.dolbom.sim.device;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.Medication;

/// Writes down what a device tells, one line for each.
final class RecordingListener implements DeviceListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Acknowledgement> acknowledgements = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    long count(String line) {
        return lines.stream().filter(line::equals).count();
    }

    List<Acknowledgement> acknowledgements() {
        return List.copyOf(acknowledgements);
    }

    @Override
    public void connected() {
        lines.add("connected");
    }

    @Override
    public void disconnected(Disconnection why) {
        lines.add("disconnected " + why.cause() + " 0x%02X".formatted(why.reasonCode()));
    }

    @Override
    public void acknowledged(Acknowledgement acknowledgement) {
        acknowledgements.add(acknowledgement);
    }

    @Override
    public void said(String text) {
        lines.add("said " + text);
    }

    @Override
    public void asked(String question, int time) {
        lines.add("asked " + time + " " + question);
    }

    @Override
    public void answered(CheckInAnswer answer) {
        lines.add("answered " + answer.answer());
    }

    @Override
    public void reminded(Medication.Slot slot, String text) {
        lines.add("reminded " + slot);
    }

    @Override
    public void configured(Duration heartbeat, Duration activityWindow) {
        lines.add("configured " + heartbeat + " " + activityWindow);
    }

    @Override
    public void sounded(Duration length) {
        lines.add("sounded " + length);
    }

    @Override
    public void ignored(UUID command, String why) {
        lines.add("ignored " + why);
    }
}
