package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CriticalAlertTest {
    private final Town town = new Town();

    @BeforeEach
    void start() {
        town.start();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void ringsTheFirstPhoneWithinASecondAndAKeyAcknowledges() {
        UUID alert = town.raise("critical");
        town.minji().awaitRinging(Duration.ofSeconds(1));
        town.minji().answer();
        town.minji().press("1");
        town.minji().awaitCallEnd(SOON);

        assertEquals("acknowledged", town.stateOf(alert));
        town.awaitAttempts(alert, "1 sms delivered", "1 voice reached");
        assertEquals(
                List.of("speak: 네, 들었어요. 지금 바로 도움을 부를게요. 제가 옆에 있을게요.", "speak: 이민지 선생님이 확인했어요. 지금 가고 있어요."),
                town.commands(alert));
        assertTrue(town.minji().spoken().getFirst().startsWith("고양시청 노인복지과 돌봄 안심 알림입니다. 위급. 김영자 님, 대화동."));
        assertEquals(
                "확인되었습니다. 주소와 연락처는 문자로 보낸 링크에서 보실 수 있습니다. 감사합니다.",
                town.minji().spoken().getLast());
        assertEquals(List.of(), town.minji().calls().getFirst().warnings());
        assertEquals(0, town.phones.requests(RequestKind.CREATE_CALL, Town.JUNHO_PHONE));
    }
}
