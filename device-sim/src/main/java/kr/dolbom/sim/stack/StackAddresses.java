package kr.dolbom.sim.stack;

/// Where the programs listen, all on 127.0.0.1.
///
/// @param simulatedPhones whether the phone simulator stands in for Twilio
public record StackAddresses(
        int databasePort,
        int mqttPort,
        int brokerHealthPort,
        int enginePort,
        int apiPort,
        int phonesPort,
        boolean simulatedPhones) {
    /// The caseworkers' console.
    public String consoleUrl() {
        return "http://127.0.0.1:" + apiPort;
    }

    /// The simulated phones' page.
    public String phonesUrl() {
        return "http://127.0.0.1:" + phonesPort + "/phones";
    }

    /// The broker, as an MQTT URL.
    public String brokerUrl() {
        return "tcp://127.0.0.1:" + mqttPort;
    }
}
