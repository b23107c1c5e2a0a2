package kr.dolbom.risk.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// All figures as JSON. Numbers have three decimals; null stands where there is nothing to tell, or where
/// most were not found.
final class JsonReport {
    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;

    /// Writes something that cannot fail, as it goes to memory.
    @FunctionalInterface
    private interface Part {
        void write() throws IOException;
    }

    JsonReport() {
        try {
            json = new JsonFactory().createGenerator(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.useDefaultPrettyPrinter();
    }

    private static void write(Part part) {
        try {
            part.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void array(String name, Part elements) throws IOException {
        json.writeArrayFieldStart(name);
        elements.write();
        json.writeEndArray();
    }

    private void object(Part fields) throws IOException {
        json.writeStartObject();
        fields.write();
        json.writeEndObject();
    }

    void open(String data, boolean isThin, long seed, int homes, double microsPerEvent, long bytesPerResident) {
        write(() -> {
            json.writeStartObject();
            json.writeStringField("data", data);
            json.writeBooleanField("thin", isThin);
            json.writeNumberField("seed", seed);
            json.writeNumberField("homes", homes);
            json.writeNumberField("usPerEvent", microsPerEvent);
            json.writeNumberField("bytesPerResident", bytesPerResident);
        });
    }

    void incidents(List<FleetPlay.Incident> incidents, int personAlerts) {
        write(() -> {
            json.writeNumberField("outagePersonAlerts", personAlerts);
            array("incidents", () -> {
                for (FleetPlay.Incident incident : incidents) {
                    object(() -> {
                        json.writeStringField(
                                "beganAt", Report.time(incident.span().from()));
                        json.writeStringField(
                                "noticedAt", Report.time(incident.span().detectedAt()));
                        json.writeStringField(
                                "endedAt", Report.time(incident.span().to()));
                        json.writeNumberField("homes", incident.homes());
                        number("expected", incident.expected());
                        json.writeNumberField("heard", incident.heard());
                    });
                }
            });
        });
    }

    void methods(Map<String, Summary> methods) {
        write(() -> {
            json.writeObjectFieldStart("methods");
            for (Map.Entry<String, Summary> method : methods.entrySet()) {
                json.writeObjectFieldStart(method.getKey());
                write(method.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    void tiers(Tiers tiers) {
        write(() -> array("tiers", () -> {
            for (Tiers.Row row : tiers.rows()) {
                object(() -> {
                    json.writeStringField("name", row.name());
                    number("per30Days", row.per30Days());
                    number("low", row.low());
                    number("high", row.high());
                    number("budget", row.budget());
                });
            }
        }));
    }

    void truth(Truth truth) {
        write(() -> array("truth", () -> {
            for (Truth.Row row : truth.rows()) {
                object(() -> {
                    json.writeStringField("kind", row.kind().id());
                    json.writeNumberField("cases", row.cases());
                    json.writeNumberField("found", row.found());
                    number("medianHours", row.medianHours());
                    number("p90Hours", row.p90Hours());
                    json.writeNumberField("otherAlerts", row.otherAlerts());
                });
            }
        }));
    }

    void scenarios(ScenarioTable table) {
        write(() -> {
            array("silences", () -> {
                for (ScenarioTable.Silence row : table.silences()) {
                    object(() -> {
                        json.writeStringField("name", row.name());
                        json.writeNumberField("trials", row.trials());
                        number("medianHours", row.medianHours());
                        number("p90Hours", row.p90Hours());
                    });
                }
            });
            array("changes", () -> {
                for (ScenarioTable.Change row : table.changes()) {
                    object(() -> {
                        json.writeStringField("name", row.name());
                        json.writeNumberField("trials", row.trials());
                        number("medianDays", row.medianDays());
                        number("p90Days", row.p90Days());
                        json.writeNumberField("withinDays", row.withinDays());
                        number("foundWithin", row.foundWithin());
                    });
                }
            });
            array("devices", () -> {
                for (ScenarioTable.Device row : table.devices()) {
                    object(() -> {
                        json.writeStringField("name", row.name());
                        json.writeNumberField("trials", row.trials());
                        json.writeNumberField("told", row.told());
                        number("medianMinutes", row.medianMinutes());
                        json.writeNumberField("personAlerts", row.personAlerts());
                    });
                }
            });
        });
    }

    /// Ends with the residents.
    String close(List<HomeFigures> residents) {
        write(() -> {
            array("residents", () -> {
                for (HomeFigures home : residents) {
                    object(() -> write(home));
                }
            });
            json.writeEndObject();
            json.close();
        });
        return text + System.lineSeparator();
    }

    /// The engine's figures in one home; a delay is [hour of the onset, hours until the alert, 1 after
    /// an exit door].
    private void write(HomeFigures home) throws IOException {
        json.writeStringField("resident", home.resident);
        number("personDays", home.days);
        number("coldPersonDays", home.coldDays);
        json.writeNumberField("falseUrgent", home.urgent.size());
        json.writeNumberField("coldFalseUrgent", home.coldUrgent);
        json.writeNumberField("falseCheckIn", home.checkIns);
        array("delays", () -> {
            for (HomeFigures.Delay delay : home.delays) {
                double[] one = {
                    Math.floorMod(Math.floorDiv(delay.onset(), 3600L), 24L),
                    Math.round(delay.hours() * 1000) / 1000.0,
                    delay.isAfterExit() ? 1 : 0
                };
                json.writeArray(one, 0, one.length);
            }
        });
    }

    private void write(Summary s) throws IOException {
        number("personDays", s.days());
        number("falseUrgentPer30Days", s.urgent());
        number("falseUrgentLow", s.urgentLow());
        number("falseUrgentHigh", s.urgentHigh());
        number("falseCheckInPer30Days", s.checkIn());
        number("coldFalseUrgentPer30Days", s.coldUrgent());
        number("shareOverBudget", s.overBudget());
        json.writeNumberField("onsets", s.onsets());
        json.writeNumberField("doorOnsets", s.doorOnsets());
        number("medianHours", s.median());
        number("daytimeMedianHours", s.daytimeMedian());
        number("p90Hours", s.p90());
        number("doorMedianHours", s.doorMedian());
        json.writeNumberField("outagePersonAlerts", s.outageAlerts());
        json.writeObjectFieldStart("foundWithin");
        number("4h", s.found().get(0));
        number("8h", s.found().get(1));
        number("12h", s.found().get(2));
        number("24h", s.found().get(3));
        json.writeEndObject();
    }

    private void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, Math.round(value * 1000) / 1000.0);
        } else {
            json.writeNullField(name);
        }
    }
}
