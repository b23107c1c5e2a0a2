package kr.dolbom.contract.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.MessageFamily;
import kr.dolbom.contract.MessageKind;
import kr.dolbom.contract.json.Member;
import kr.dolbom.contract.rule.Area;
import kr.dolbom.contract.rule.Requirement;
import kr.dolbom.contract.rule.Requirements;

/// The contract as a person reads it.
final class Reference {
    static final String TITLE = "Dolbom firmware contract " + Contract.VERSION;

    private final List<Block> blocks = new ArrayList<>();
    private final List<Requirement> requirements = Requirements.listAll();

    private Reference() {}

    static List<Block> blocks() {
        Reference reference = new Reference();
        reference.write();
        return reference.blocks;
    }

    private void write() {
        heading(1, TITLE);
        paragraph(
                "What a care robot or smart speaker sends to Dolbom, what it is told, and what it gets back. This page is"
                        + " made from the same declarations that the platform reads messages by.");
        points(
                "`asyncapi.json`: the same as AsyncAPI 3.0, with MQTT 5 bindings.",
                "`schemas/`: a JSON Schema 2020-12 for the body of every kind of message.",
                "`payloads/`: golden bodies, and broken ones with the answer that each must get.");
        paragraph(
                "**MUST** and **SHOULD** are those of RFC 2119. Every requirement has an id that never changes; where a"
                        + " message breaks one, the reason string of the refusal names it.");

        heading(2, "Topics");
        table(
                List.of("Topic", "Direction", "What it says"),
                MessageKind.listAll().stream()
                        .map(kind -> List.of(
                                "`" + kind.topic() + "`",
                                kind.family().isFromDevice() ? "device → platform" : "platform → device",
                                kind.summary()))
                        .toList());
        area(Area.CON);
        area(Area.AUT);

        heading(2, "Messages");
        paragraph(
                "One JSON object each. A device's members `id` and the device itself name a message for good: what comes"
                        + " twice is stored once. CBOR and other encodings are not part of this contract: they would save bytes"
                        + " that matter little on a home's network, and every rule would need a second form.");
        area(Area.ENV);
        for (MessageKind kind : MessageKind.listAll()) {
            if (kind.family() != MessageFamily.COMMAND) {
                kind(kind);
            }
        }
        heading(2, "What the platform tells");
        paragraph(
                "A device subscribes to `dolbom/v1/{deviceId}/command/+` with QoS 1. The MQTT 5 message expiry interval is"
                        + " the time until `expires`. A check-in carries a response topic and correlation data.");
        requirementTable(Area.CMD, 1, 99);
        for (MessageKind kind : MessageKind.listAll()) {
            if (kind.family() == MessageFamily.COMMAND) {
                kind(kind);
            }
        }

        heading(2, "Clocks and order");
        paragraph(
                "`time` is the device's clock, with the offset of the place. Where the platform must take another time for the"
                        + " true one it keeps what the device said beside it.");
        table(
                List.of("The device's clock against the time of receipt", "What happens"),
                List.of(
                        List.of(
                                "up to 5 minutes ahead, up to 72 hours behind",
                                "normal: a buffered message is welcome"),
                        List.of("72 hours to 366 days behind", "late: kept as it is, marked, never pages anybody"),
                        List.of(
                                "more than 5 minutes ahead, or more than 366 days behind",
                                "the clock is wrong: kept under the time that follows from the birth status, or else of"
                                        + " receipt; marked; pages nobody, but for an emergency that is live")));
        requirementTable(Area.TIM, 1, 999);
        area(Area.SEC);

        heading(2, "Refusals");
        paragraph(
                "The id is the first word of the MQTT 5 reason string; then the requirement's id and the JSON pointer (RFC"
                        + " 6901) of the first fault, where there are such, a colon, and a sentence: `schema-violation DC-ACT-005"
                        + " /data/counts/0/count: 12000 is not within 1 to 10000`. What was refused is kept in quarantine, but"
                        + " for bodies that are nobody's to read.");
        blocks.add(Advice.table());
        paragraph("MQTT 3.1.1 has no reason codes: there a refused message ends the connection.");

        heading(2, "Versions");
        points(
                "The major version stands in the topic. A new one is a new set of topics; the old one goes on.",
                "A minor version only adds: a kind, an optional member, a value that only the platform reads, a wider"
                        + " range of what the platform reads. The platform never sends a value that an older minor"
                        + " version does not allow.",
                "Members that the reader does not know are kept and ignored, and so are kinds of commands that a device"
                        + " does not know. An unknown kind of telemetry is refused.",
                "A device says in its status which version it was built for.",
                "The platform's build compares every schema with the published one and fails where a change is not of"
                        + " this sort.");

        heading(2, "Payload files");
        paragraph("One file for each kind, and `encoding.json` for bodies that break the rules of every kind (tried as"
                + " `telemetry.emergency`). A firmware's own tests can send the golden ones, and check its reader"
                + " against the broken ones of the commands.");
        table(
                List.of("Member", "Meaning"),
                List.of(
                        List.of("`kind`", "the kind, as in the name of its schema"),
                        List.of("`golden[].body`", "a body that is taken"),
                        List.of("`broken[].body`", "a body that is refused, as JSON; or"),
                        List.of("`broken[].text`", "as text, where JSON cannot say it; or"),
                        List.of("`broken[].base64`", "as bytes"),
                        List.of("`broken[].reason`, `code`", "the reason's id, and the MQTT 5 reason code"),
                        List.of("`broken[].pointer`", "the JSON pointer that the reason string must have"),
                        List.of("`broken[].requirement`", "the id of the requirement that it breaks; none: of none"),
                        List.of(
                                "`broken[].schema`",
                                "`false` where the JSON Schema takes the body all the same, as it cannot say the rule")));

        heading(2, "Which test shows what");
        table(
                List.of("Requirement", "Tests"),
                requirements.stream()
                        .map(each -> List.of(
                                each.id(),
                                String.join(
                                        ", ",
                                        each.tests().stream()
                                                .map(test -> "`" + test + "`")
                                                .toList())))
                        .toList());
    }

    private void kind(MessageKind kind) {
        heading(2, kind.name());
        paragraph(kind.summary() + " " + (kind.family().isFromDevice() ? "Published to" : "Comes on") + " `"
                + kind.topic() + "`.");
        table(
                List.of("Member", "Type", "", "Meaning", "Requirement"),
                kind.type().listMembers().stream().map(Reference::row).toList());
        for (Map.Entry<String, Object> golden : Payloads.listGolden(kind)) {
            paragraph("Example: " + golden.getKey() + ".");
            blocks.add(new Block.Code("json", Tree.pretty(golden.getValue()).strip()));
        }
        extraRequirements(kind);
    }

    /// The sentences of a kind's area that no member's row holds.
    private void extraRequirements(MessageKind kind) {
        List<String> members = new ArrayList<>();
        for (Member member : kind.type().listMembers()) {
            members.add(Objects.requireNonNullElse(member.rule(), ""));
        }
        String area = members.isEmpty() ? "" : members.get(members.size() - 1).substring(3, 6);
        if (area.equals("ENV") || area.equals("CMD") || area.equals("AUT")) {
            return;
        }
        List<Requirement> extra = requirements.stream()
                .filter(each -> each.area().equals(area) && !members.contains(each.id()))
                .toList();
        if (!extra.isEmpty()) {
            requirementTable(extra);
        }
    }

    private static List<String> row(Member member) {
        return List.of(
                "`" + member.path() + "`",
                member.type(),
                member.required() ? "required" : "optional",
                member.description(),
                Objects.requireNonNullElse(member.rule(), ""));
    }

    private void area(Area area) {
        heading(2, area.title());
        requirementTable(area, 1, 999);
    }

    private void requirementTable(Area area, int from, int to) {
        requirementTable(requirements.stream()
                .filter(each -> each.area().equals(area.code()))
                .filter(each -> number(each) >= from && number(each) <= to)
                .toList());
    }

    private void requirementTable(List<Requirement> some) {
        table(
                List.of("Id", "Level", "Requirement"),
                some.stream()
                        .map(each -> List.of(each.id(), each.level().name(), each.sentence()))
                        .toList());
    }

    private static int number(Requirement requirement) {
        return Integer.parseInt(requirement.id().substring(7));
    }

    private void heading(int level, String text) {
        blocks.add(new Block.Heading(level, text));
    }

    private void paragraph(String text) {
        blocks.add(new Block.Paragraph(text));
    }

    private void points(String... texts) {
        blocks.add(new Block.Points(List.of(texts)));
    }

    private void table(List<String> head, List<List<String>> rows) {
        blocks.add(new Block.Table(head, rows));
    }
}
