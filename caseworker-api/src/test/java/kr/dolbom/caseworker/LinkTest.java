package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkTest {
    private final Town town = new Town().with("dolbom.response.step-wait", "10m");

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void theTextNamesTheOfficeFirstHoldsNoHealthDataAndFitsOneMessage() {
        town.with("dolbom.public.url", "https://dolbom.kr").start();
        town.raise("critical");
        Text text = town.minji().awaitTexts(1, SOON).getFirst();

        assertTrue(text.body().matches("\\[고양시 노인복지과] 위급 돌봄 알림 1건 https://dolbom.kr/a/[\\w-]{22}"), text.body());
        assertTrue(text.carrierBytes().orElseThrow() <= 90, text.body());
    }

    @Test
    void openingTheLinkShowsTheAlertAndAcknowledgesNothing() {
        town.start();
        UUID alert = town.raise("critical");
        HttpResponse<String> page = new Client(town.url).get(link());

        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("김영자"), page.body());
        assertTrue(page.body().contains("제가 갑니다"));
        assertFalse(page.body().contains("대화로 12"), "the address is for whoever takes it");
        assertEquals("escalating", town.stateOf(alert));
        assertTrue(town.list("select action as text from audit_event where resident_no = :value", 1)
                .contains("link-opened"));
    }

    @Test
    void theButtonAcknowledgesSilencesThePhoneAndWorksOnce() {
        town.start();
        UUID alert = town.raise("critical");
        String link = link();
        town.minji().awaitRinging(SOON);
        HttpResponse<String> first = new Client(town.url).form(link, Map.of());
        HttpResponse<String> second = new Client(town.url).form(link, Map.of());

        assertEquals(200, first.statusCode());
        assertTrue(first.body().contains("확인되었습니다."), first.body());
        assertTrue(first.body().contains("대화로 12, 301호"));
        assertTrue(first.body().contains("href=\"tel:+82319001234\""), first.body());
        assertTrue(first.body().contains("href=\"/alerts/" + alert + "\""), first.body());
        assertEquals(410, second.statusCode());
        assertTrue(second.body().contains("이미 사용한 링크입니다."), second.body());
        assertFalse(second.body().contains("대화로"));
        assertEquals("acknowledged", town.stateOf(alert));
        assertEquals(CallStatus.CANCELED, town.minji().awaitCallEnd(SOON).status());
        town.awaitAttempts(alert, "1 sms reached", "1 voice canceled");
    }

    @Test
    void whoTookItByTheLinkMayOpenItAgainUntilTheAlertIsOver() {
        town.start();
        town.raise("critical");
        String link = link();
        new Client(town.url).form(link, Map.of());
        HttpResponse<String> open = new Client(town.url).get(link);
        town.execute("update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm'");
        HttpResponse<String> over = new Client(town.url).get(link);

        assertEquals(200, open.statusCode());
        assertTrue(open.body().contains("대화로 12, 301호"), open.body());
        assertEquals(410, over.statusCode());
        assertFalse(over.body().contains("대화로"));
    }

    @Test
    void aUsedLinkShowsNothingToWhoeverHasItNoMore() {
        town.start();
        town.raise("critical");
        String link = link();
        new Client(town.url).form(link, Map.of());
        town.execute("update alert set acknowledged_by = 2");
        HttpResponse<String> answer = new Client(town.url).get(link);

        assertEquals(410, answer.statusCode());
        assertFalse(answer.body().contains("대화로"));
    }

    @Test
    void afterTheKeyTheLinkShowsTheAddressToWhoeverTookIt() {
        town.start();
        town.raise("critical");
        String link = link();
        town.minji().answer();
        town.minji().press("1");
        town.minji().awaitCallEnd(SOON);

        assertTrue(new Client(town.url).get(link).body().contains("대화로 12, 301호"));
    }

    @Test
    void whoComesSecondIsToldWhoHasIt() {
        town.start();
        town.raise("critical");
        String link = link();
        town.execute("""
                update alert set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = 2""");
        HttpResponse<String> answer = new Client(town.url).form(link, Map.of());

        assertTrue(answer.body().contains("박준호 선생님이 먼저 확인했습니다."), answer.body());
        assertFalse(answer.body().contains("대화로"));
    }

    @Test
    void anExpiredLinkSaysWhatToDo() {
        town.with("dolbom.response.link-lifetime", "1ms").start();
        UUID alert = town.raise("critical");
        HttpResponse<String> answer = new Client(town.url).form(link(), Map.of());

        assertEquals(410, answer.statusCode());
        assertTrue(answer.body().contains("기한이 지난 링크입니다. 로그인하여"), answer.body());
        assertEquals("escalating", town.stateOf(alert));
    }

    @Test
    void anUnknownLinkSaysWhatToDo() {
        town.start();
        HttpResponse<String> answer = new Client(town.url).get("/a/AAAAAAAAAAAAAAAAAAAAAA");

        assertEquals(404, answer.statusCode());
        assertTrue(answer.body().contains("알 수 없는 링크입니다."), answer.body());
    }

    @Test
    void aLinkThatWeDidNotSignIsUnknownEvenWhereTheDatabaseKnowsItsHash() {
        town.start();
        town.raise("critical");
        String link = link();
        String invented = "AAAAAAAAAAAAAAAAAAAAAA";
        assertEquals(200, new Client(town.url).get(link).statusCode());
        town.execute(
                "update escalation_attempt set link_hash = sha256('%s') where channel = 'sms'".formatted(invented));

        assertEquals(404, new Client(town.url).get("/a/" + invented).statusCode());
    }

    @Test
    void aLinkToAnAlertThatIsOverShowsNothingOfTheResident() {
        town.start();
        town.raise("critical");
        String link = link();
        town.execute("update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm'");
        HttpResponse<String> answer = new Client(town.url).get(link);

        assertTrue(answer.body().contains("이미 끝난 알림입니다."), answer.body());
        assertFalse(answer.body().contains("김영자"));
    }

    private String link() {
        String body = town.minji().awaitTexts(1, SOON).getFirst().body();
        return body.substring(body.indexOf("http"));
    }
}
