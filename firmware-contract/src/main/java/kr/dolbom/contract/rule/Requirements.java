package kr.dolbom.contract.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import kr.dolbom.contract.MessageFamily;
import kr.dolbom.contract.MessageKind;
import kr.dolbom.contract.json.Member;

/// All requirements of the contract.
public final class Requirements {
    private static final String GOLDEN = "firmware-contract:PayloadTest#everyGoldenPayloadIsTaken";
    private static final String BROKEN = "firmware-contract:PayloadTest#everyBrokenPayloadIsRefusedForItsReason";
    private static final String IN_BROKER = "broker-ext:PublishedPayloadsTest#everyPayloadGetsItsAnswer";

    private Requirements() {}

    /// All of them, by area in the order of [Area], then by id.
    public static List<Requirement> listAll() {
        List<Requirement> all = new ArrayList<>();
        for (Area area : Area.values()) {
            Stream.of(ConnectionRules.ALL, CredentialRules.ALL, MessageRules.ALL, ofMembers())
                    .flatMap(List::stream)
                    .filter(requirement -> requirement.area().equals(area.code()))
                    .sorted((a, b) -> a.id().compareTo(b.id()))
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }

    /// One for each declared member. The envelope's members are those of every kind, and are told once.
    private static List<Requirement> ofMembers() {
        Map<String, Requirement> byId = new LinkedHashMap<>();
        for (MessageKind kind : MessageKind.listAll()) {
            for (Member member : kind.type().listMembers()) {
                String id = Objects.requireNonNull(
                        member.rule(), () -> kind.name() + " " + member.path() + " has no requirement's id");
                byId.putIfAbsent(id, ofMember(id, member, kind.family()));
            }
        }
        return List.copyOf(byId.values());
    }

    private static Requirement ofMember(String id, Member member, MessageFamily family) {
        String form = member.required() ? "MUST be there and be " : "MUST, where it is there, be ";
        return new Requirement(
                id,
                Level.MUST,
                "`" + member.path() + "` " + form + member.type() + ". " + member.description(),
                family == MessageFamily.TELEMETRY ? List.of(GOLDEN, BROKEN, IN_BROKER) : List.of(GOLDEN, BROKEN));
    }
}
