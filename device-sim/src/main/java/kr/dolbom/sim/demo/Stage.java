package kr.dolbom.sim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.sim.device.DeviceConfig;
import kr.dolbom.sim.device.DeviceThreads;
import kr.dolbom.sim.device.SimulatedDevice;
import kr.dolbom.sim.home.Resident;
import kr.dolbom.sim.home.Timeline;
import kr.dolbom.sim.home.Town;
import kr.dolbom.sim.stack.Stack;
import kr.dolbom.sim.stack.StackAddresses;

/// Who plays: one office, three caseworkers on call, the last of them a supervisor, twelve residents with a device, a
/// phone, a daughter and a caseworker each, all registered through the platform's REST API as an operator would.
final class Stage {
    static final String OFFICE = "고양시청 노인복지과";

    /// A caseworker and the phone in their hand.
    record Caseworker(String name, String login, PhoneClient phone) {}

    private static final int RESIDENTS = 12;
    private static final List<String> DAUGHTERS = List.of("정미경", "한지은", "오수현", "서은주");

    private final Stack stack;
    private final StackAddresses at;
    private final WebClient api;
    private final WebClient phones;
    private final String password;
    private final List<Caseworker> caseworkers = new ArrayList<>();
    private final List<String> caseworkerIds = new ArrayList<>();
    private final List<UUID> residentIds = new ArrayList<>();
    private final List<DeviceConfig> devices = new ArrayList<>();

    Stage(Stack stack, StackAddresses at) {
        this.stack = stack;
        this.at = at;
        this.api = WebClient.open(at.consoleUrl()).as("operator", stack.operatorPassword());
        this.phones = WebClient.open("http://127.0.0.1:" + at.phonesPort());
        this.password = stack.secret("demo-password");
    }

    /// Registers everybody.
    void register() throws InterruptedException {
        if (!api.get("/api/v1/residents?limit=1").path("residents").isEmpty()) {
            throw new StepFailedException(
                    "The demo needs a database without residents; unset DOLBOM_DB_URL and it makes its own");
        }
        String office = api.post(
                        "/api/v1/offices",
                        Map.of("nameKo", OFFICE, "nameEn", "Goyang City Senior Welfare", "shortName", "고양시 노인복지과"))
                .path("officeId")
                .asText();
        addCaseworker(office, "이수진", "sujin", "+821000000001");
        addCaseworker(office, "박민호", "minho", "+821000000002");
        addCaseworker(office, "최은영", "eunyoung", "+821000000003");
        api.post("/api/v1/caseworkers/%s/change".formatted(caseworkerIds.getLast()), Map.of("duty", "supervisor"));
        // The demo is watched by day and by night, so its robots ask at any hour.
        for (String name : List.of("quiet.begins", "quiet.ends")) {
            api.put(
                    "/api/v1/offices/%s/risk-settings/%s".formatted(office, name),
                    Map.of("value", "0m", "reason", "the demo has no quiet hours"));
        }
        List<Resident> residents = Town.listResidents(RESIDENTS);
        for (int i = 0; i < RESIDENTS; i++) {
            addResident(office, residents.get(i), i);
        }
    }

    /// The home of the resident with this number, from 0 on.
    ///
    /// @param life the resident's own, or a cut one
    /// @param clock the device's
    Home home(int number, Timeline life, Clock clock, DeviceThreads threads, UnaryOperator<DeviceConfig> setUp) {
        Robot robot = new Robot();
        return new Home(
                Town.listResidents(RESIDENTS).get(number),
                residentIds.get(number),
                new SimulatedDevice(setUp.apply(devices.get(number)), robot, clock, threads),
                robot,
                life);
    }

    int size() {
        return RESIDENTS;
    }

    /// The caseworkers, in the order in which they are called.
    List<Caseworker> caseworkers() {
        return caseworkers;
    }

    WebClient api() {
        return api;
    }

    /// A canary home, not yet set up.
    Canary canary() {
        return new Canary(stack, at, api);
    }

    void stopEngine() {
        stack.stop("risk-engine");
    }

    WebClient engine() {
        return WebClient.open("http://127.0.0.1:" + at.enginePort());
    }

    String password() {
        return password;
    }

    private void addCaseworker(String office, String name, String login, String number) throws InterruptedException {
        String first = password + "-first";
        JsonNode added = api.post(
                "/api/v1/caseworkers",
                Map.of("officeId", office, "name", name, "phone", number, "login", login, "password", first));
        // As people do at their first sign-in: nobody keeps a password that somebody else chose.
        api.post("/api/v1/password", Map.of("login", login, "password", first, "newPassword", password));
        PhoneClient phone = new PhoneClient(phones, number);
        if (at.simulatedPhones()) {
            phone.nameOwner(name);
        }
        caseworkers.add(new Caseworker(name, login, phone));
        caseworkerIds.add(added.path("caseworkerId").asText());
        api.post(
                "/api/v1/on-call-shifts",
                Map.of(
                        "officeId",
                        office,
                        "caseworkerId",
                        caseworkerIds.getLast(),
                        "position",
                        caseworkers.size(),
                        "startsAt",
                        Instant.now().toString()));
    }

    private void addResident(String office, Resident resident, int number) throws InterruptedException {
        JsonNode added = api.post(
                "/api/v1/residents",
                Map.of(
                        "officeId", office,
                        "caseworkerId", caseworkerIds.get(number % 2),
                        "name", resident.name(),
                        "birthYear", resident.birthYear(),
                        "neighbourhood", resident.neighbourhood(),
                        "address", "경기도 고양시 %s %d로 %d".formatted(resident.neighbourhood(), number + 1, 10 + number),
                        "phone", "+82310000%04d".formatted(number + 1)));
        UUID residentId = UUID.fromString(added.path("residentId").asText());
        api.post(
                "/api/v1/residents/%s/guardians".formatted(residentId),
                Map.of(
                        "name",
                        DAUGHTERS.get(number % DAUGHTERS.size()),
                        "relation",
                        "딸",
                        "phone",
                        "+8210000010%02d".formatted(number + 1),
                        "consented",
                        true));
        String deviceId = "robot-%04d".formatted(number + 1);
        JsonNode device = api.post(
                "/api/v1/devices",
                Map.of(
                        "deviceId",
                        deviceId,
                        "residentId",
                        residentId.toString(),
                        "vendor",
                        "Simulated",
                        "model",
                        "Robot 1"));
        residentIds.add(residentId);
        devices.add(new DeviceConfig(
                new DeviceId(deviceId), new DeviceSecret(device.path("secret").asText()), URI.create(at.brokerUrl())));
    }
}
