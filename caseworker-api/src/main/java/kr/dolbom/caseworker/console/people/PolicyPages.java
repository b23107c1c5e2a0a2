package kr.dolbom.caseworker.console.people;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.Policies;
import kr.dolbom.caseworker.escalation.Policy;
import kr.dolbom.caseworker.escalation.PolicyJson;
import kr.dolbom.caseworker.escalation.Target;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.caseworker.registry.Offices;
import kr.dolbom.caseworker.response.DefaultPolicies;
import kr.dolbom.caseworker.response.ResponseSettings;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// The tab of policies: whom an office calls, as sentences and as a form.
@Controller("/people/policies")
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PolicyPages {
    private static final String TAB = "policies";
    private static final int MOST_STEPS = 20;
    private static final int EMPTY_STEPS = 2;
    private static final int SHOWN_VERSIONS = 20;
    private static final int SECONDS = 60;

    private final PeopleDesk desk;
    private final DefaultPolicies defaults;

    PolicyPages(PeopleDesk desk, ResponseSettings settings) {
        this.desk = desk;
        this.defaults = new DefaultPolicies(settings);
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Viewer viewer, @Nullable @QueryValue String office) {
        return desk.page("policies.jte", desk.run(connection -> {
            Offices.Known shown = PeopleDesk.office(connection, viewer, office);
            Head head = desk.head(connection, request, viewer, TAB, shown);
            return new PoliciesPage(
                    head,
                    Arrays.stream(Tier.values())
                            .map(tier -> tier(connection, head, shown, tier))
                            .toList());
        }));
    }

    private PoliciesPage.Tier tier(Connection connection, Head head, Offices.Known office, Tier tier) {
        var telling = new PolicyTelling(head.words());
        Optional<Policy> set = Policies.find(connection, office.number(), tier);
        Optional<Policy> policy = set.or(() -> defaults.find(tier));
        List<PoliciesPage.Version> history = Policies.history(connection, office.number(), tier).stream()
                .limit(SHOWN_VERSIONS)
                .map(version -> {
                    PolicyJson what = version.policy();
                    return new PoliciesPage.Version(
                            head.frame().phrasing().dateTime(version.changedAt()),
                            version.changedBy(),
                            version.reason(),
                            what == null
                                    ? head.text("policy.default")
                                    : String.join(" → ", telling.steps(what.policy())));
                })
                .toList();
        boolean isOwn = Policies.history(connection, office.number(), tier).stream()
                .findFirst()
                .map(version -> version.policy() != null)
                .orElse(false);
        return new PoliciesPage.Tier(
                tier.word(),
                head.words().text("tier." + tier.word()),
                head.text(isOwn ? "policy.own" : set.isPresent() ? "policy.common" : "policy.default"),
                policy.map(telling::steps).orElse(List.of()),
                policy.map(telling::end).orElse(List.of()),
                history);
    }

    @Get("/{officeId}/{tier}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    HttpResponse<String> look(HttpRequest<?> request, Viewer viewer, String officeId, String tier) {
        return desk.page("policy.jte", desk.run(connection -> {
            Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
            Tier known = tierOf(tier);
            Map<String, String> values = Policies.find(connection, office.number(), known)
                    .or(() -> defaults.find(known))
                    .map(PolicyPages::values)
                    .orElse(Map.of("rounds", "1", "slow-wait", "5"));
            return form(connection, request, viewer, office, known, Form.of(values));
        }));
    }

    @Post("/{officeId}/{tier}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> change(
            HttpRequest<?> request, Viewer viewer, String officeId, String tier, @Body Map<String, String> form) {
        Tier known = tierOf(tier);
        Words words = PreferredWords.of(request);
        Reading reading = Reading.of(form);
        String reason = reading.reason("reason");
        boolean isBack = form.containsKey("default");
        PolicyJson policy = isBack ? null : policy(reading);
        boolean isEmpty = policy != null && policy.steps().isEmpty();
        Form refused = Form.refused(form, reading.faults(), words);
        if (isEmpty) {
            refused = refused.with(words.text("people.policy.no-steps"));
        }
        try {
            if (!refused.isRefused()) {
                return desk.run(connection -> {
                    Offices.Known office = PeopleDesk.office(connection, viewer, officeId);
                    Policies.change(connection, office.number(), known, policy, reason, viewer, desk.now());
                    return PeopleDesk.done("/people/policies?office=" + office.officeId(), "policy-changed");
                });
            }
        } catch (ProblemException e) {
            if (e.problem().errors().isEmpty()) {
                throw e;
            }
            Problem.FieldError error = e.problem().errors().getFirst();
            refused = refused.with(refusal(error, words));
        }
        Form again = refused;
        return desk.run(connection -> desk.refused(
                "policy.jte",
                form(connection, request, viewer, PeopleDesk.office(connection, viewer, officeId), known, again)));
    }

    /// In Korean by our own sentence, in English by that of REST.
    private static String refusal(Problem.FieldError error, Words words) {
        String key = "nobody".equals(error.value()) ? "people.policy.nobody" : "people.policy.no-call";
        return words == Words.EN ? words.text(key) + " " + error.expected() + "." : words.text(key);
    }

    private static @Nullable PolicyJson policy(Reading form) {
        List<PolicyJson.StepJson> steps = new ArrayList<>();
        for (int i = 0; i < MOST_STEPS; i++) {
            String step = "s" + i + "-";
            List<String> targets = Arrays.stream(Target.values())
                    .map(Target::word)
                    .filter(word -> !form.raw(step + "t-" + word).isEmpty())
                    .toList();
            if (targets.isEmpty()) {
                continue;
            }
            List<String> channels = Arrays.stream(Channel.values())
                    .map(Channel::word)
                    .filter(word -> !form.raw(step + "c-" + word).isEmpty())
                    .toList();
            if (channels.isEmpty()) {
                form.fault(step + "c", "channels", "");
            }
            steps.add(new PolicyJson.StepJson(
                    targets,
                    channels,
                    form.number(step + "wait", 10, 86_400),
                    form.number(step + "repeats", 1, 10),
                    !form.raw(step + "together").isEmpty()));
        }
        return new PolicyJson(
                steps,
                form.number("rounds", 1, 100),
                !form.raw("keeps-on").isEmpty(),
                form.number("slow-wait", 1, 1440) * SECONDS,
                form.raw("remind").isEmpty() ? null : form.number("remind", 5, 10_080) * SECONDS);
    }

    private static Map<String, String> values(Policy policy) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < policy.steps().size(); i++) {
            String step = "s" + i + "-";
            Policy.PolicyStep known = policy.steps().get(i);
            known.targets().forEach(target -> values.put(step + "t-" + target.word(), "yes"));
            known.channels().forEach(channel -> values.put(step + "c-" + channel.word(), "yes"));
            values.put(step + "wait", Long.toString(known.waitTime().toSeconds()));
            values.put(step + "repeats", Integer.toString(known.repeats()));
            if (known.together()) {
                values.put(step + "together", "yes");
            }
        }
        values.put("rounds", Integer.toString(policy.rounds()));
        values.put("slow-wait", Long.toString(policy.slowWait().toMinutes()));
        if (policy.keepsOn()) {
            values.put("keeps-on", "yes");
        }
        if (policy.remindAfter() != null) {
            values.put("remind", Long.toString(policy.remindAfter().toMinutes()));
        }
        return values;
    }

    private PolicyFormPage form(
            Connection connection, HttpRequest<?> request, Viewer viewer, Offices.Known office, Tier tier, Form form) {
        Head head = desk.head(connection, request, viewer, TAB, office);
        var telling = new PolicyTelling(head.words());
        Map<String, String> targets = new LinkedHashMap<>();
        Arrays.stream(Target.values()).forEach(target -> targets.put(target.word(), telling.target(target)));
        Map<String, String> channels = new LinkedHashMap<>();
        List.of(Channel.VOICE, Channel.SMS, Channel.ALIMTALK, Channel.PUSH)
                .forEach(channel -> channels.put(channel.word(), telling.channel(channel)));
        int last = IntStream.range(0, MOST_STEPS)
                .filter(i -> form.values().keySet().stream().anyMatch(key -> key.startsWith("s" + i + "-t-")))
                .max()
                .orElse(-1);
        return new PolicyFormPage(
                head,
                tier.word(),
                head.words().text("tier." + tier.word()),
                form,
                IntStream.range(0, Math.min(MOST_STEPS, last + 1 + EMPTY_STEPS))
                        .boxed()
                        .toList(),
                targets,
                channels);
    }

    private static Tier tierOf(String word) {
        return Tier.find(word).orElseThrow(() -> Problem.notFound("tier", word));
    }
}
