package kr.dolbom.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// Golden bodies, one or more of every kind.
final class Bodies {
    static final List<Telemetry> TELEMETRY = List.of(
            telemetry(
                    TelemetryKind.ACTIVITY,
                    "{'windowSeconds':600,'counts':[{'sensor':'motion','room':'lounge','count':4,'lastSecondsBefore':35},"
                            + "{'sensor':'door','room':'front-door','count':1}]}"),
            telemetry(
                    TelemetryKind.VOICE,
                    "{'codes':[{'intent':'loneliness','confidence':0.8}],'turns':6,'talkSeconds':140,"
                            + "'emotions':[{'feeling':'sadness','share':0.5}],'transcript':'오늘은 좀 적적하네'}"),
            telemetry(TelemetryKind.INACTIVITY, "{'silentSeconds':28800,'lastRoom':'bedroom'}"),
            telemetry(
                    TelemetryKind.STATUS,
                    "{'state':'heartbeat','firmware':'2.4.1','contract':'1.0','batteryPercent':81,'onMains':true,"
                            + "'signalDbm':-61,'sensors':[{'sensor':'motion','room':'kitchen','health':'ok'}],"
                            + "'clockErrorMillis':120}"),
            telemetry(TelemetryKind.MEDICATION, "{'slot':'morning','outcome':'taken'}"),
            telemetry(
                    TelemetryKind.EMERGENCY,
                    "{'trigger':'sos-voice','confidence':0.93,'room':'bathroom','phrase':'살려줘'}"),
            telemetry(
                    TelemetryKind.CHECK_IN,
                    "{'commandId':'01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3d','answer':'fine','by':'touch'}"),
            telemetry(
                    TelemetryKind.CHECK_IN,
                    "{'commandId':'01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3d','answer':'no-answer'}"),
            telemetry(TelemetryKind.PRESENCE, "{'state':'going-out','expectedBack':'2026-03-01T16:30:00+09:00'}"));

    static final List<Command> COMMANDS = List.of(
            command(CommandKind.SPEAK, "{'text':'식사하셨어요?','language':'ko'}"),
            command(CommandKind.CHECK_IN, "{'question':'괜찮으세요?','language':'ko','timeLimitSeconds':120}"),
            command(CommandKind.REMIND, "{'slot':'evening','text':'저녁 약 드실 시간이에요.','language':'ko'}"),
            command(CommandKind.CONFIGURE, "{'heartbeatSeconds':300}"),
            command(CommandKind.LOCATE, "{'seconds':10}"),
            command(CommandKind.RENEW_SECRET, "{}"));

    private Bodies() {}

    record Telemetry(TelemetryKind kind, String body) {
        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    record Command(CommandKind kind, String body) {
        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /// A whole telemetry body around `data`; apostrophes stand for quotation marks.
    static String message(String data) {
        return ("{'id':'01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3e','time':'2026-03-01T07:10:00+09:00','seq':17,'data':"
                        + data + "}")
                .replace('\'', '"');
    }

    private static Telemetry telemetry(TelemetryKind kind, String data) {
        return new Telemetry(kind, message(data));
    }

    private static Command command(CommandKind kind, String data) {
        return new Command(
                kind,
                ("{'id':'01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3f','time':'2026-03-01T07:10:00+09:00',"
                                + "'expires':'2026-03-01T07:15:00+09:00','data':" + data + "}")
                        .replace('\'', '"'));
    }
}
