package kr.dolbom.sim.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import kr.dolbom.sim.phone.line.LinkHabit;
import kr.dolbom.sim.phone.line.LinkVisit;
import kr.dolbom.sim.phone.line.Phone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Links of texts, as their owners open them: at once, late, twice.
class LinkTest extends SimulatorTest {
    private static final WebApplication.Reply PAGE = new WebApplication.Reply(
            200,
            "text/html",
            "<html><head><title>x</title></head><h1>김영자 님 &amp; 대화동</h1>"
                    + "<form method=\"post\"><button>제가 확인합니다</button></form></html>");
    private static final WebApplication.Reply EXPIRED =
            new WebApplication.Reply(410, "text/html", "<p>기간이 지난 링크입니다.</p>");

    private Phone mina;

    @BeforeEach
    void page() {
        mina = simulator.phone(MINA);
        application.answer("/a/k3", PAGE);
    }

    @Test
    void theLinkOfTheLatestTextIsOpenedAndItsButtonPressed() {
        sendLink();

        assertEquals("김영자 님 & 대화동 제가 확인합니다", mina.browser().openLink().words());
        assertEquals(200, mina.browser().press().status());
        assertEquals(
                List.of("GET", "POST"),
                application.asked("/a/k3").stream()
                        .map(WebApplication.Asked::method)
                        .toList());
    }

    @Test
    void aLinkThatExpiredMeanwhileTellsSoAndHasNoButton() {
        sendLink();
        mina.awaitTexts(1, SOON);
        application.answer("/a/k3", EXPIRED);

        LinkVisit late = mina.browser().openLink();
        assertEquals(410, late.status());
        assertEquals("기간이 지난 링크입니다.", late.words());
        IllegalStateException noButton =
                assertThrows(IllegalStateException.class, () -> mina.browser().press());
        assertTrue(noButton.toString().contains("410"), noButton.toString());
    }

    @Test
    void aPageThatStayedOpenIsPressedTwice() {
        sendLink();
        mina.browser().openLink();
        mina.browser().press();
        application.answer("/a/k3", EXPIRED);

        assertEquals(410, mina.browser().press().status());
        assertEquals(3, mina.browser().visits().size());
    }

    @Test
    void anOwnerOpensLinksByThemselvesAndTwice() {
        mina.browser().habit(new LinkHabit(Duration.ofMillis(50), 2, true));
        sendLink();

        assertEquals(
                List.of("GET", "POST", "GET", "POST"),
                mina.browser().awaitVisits(4, SOON).stream()
                        .map(LinkVisit::method)
                        .toList());
    }

    @Test
    void whoGotNoLinkCannotOpenOne() {
        text(MINA, "Hello").create(twilio);
        mina.awaitTexts(1, SOON);

        assertThrows(IllegalStateException.class, () -> mina.browser().openLink(Duration.ZERO));
        assertThrows(IllegalStateException.class, () -> mina.browser().press());
    }

    @Test
    void aSiteThatIsAwayGivesNoStatus() {
        LinkVisit visit = mina.browser().open("http://127.0.0.1:9/");

        assertEquals(0, visit.status());
        assertTrue(visit.page().contains("ConnectException"), visit.page());
    }

    private void sendLink() {
        text(MINA, "[고양시 노인복지과] 긴급 돌봄 알림 1건 " + application.url("/a/k3")).create(twilio);
    }
}
