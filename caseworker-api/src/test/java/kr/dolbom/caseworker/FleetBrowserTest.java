package kr.dolbom.caseworker;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.qrcode.QRCodeWriter;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import kr.dolbom.caseworker.browser.Chromium;
import kr.dolbom.caseworker.browser.Screen;
import kr.dolbom.caseworker.browser.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The fleet's pages: seen, a device enrolled and put into a home, and what a vendor may not see.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FleetBrowserTest {
    private final Town town = new Town();
    private final Client operator = new Client(town.url);

    @BeforeAll
    void start() {
        town.execute("""
                insert into device (device_id, resident_no, vendor, model)
                select 'doll-' || lpad(n::text, 3, '0'), null, case n % 3 when 0 then '해솔로보틱스' when 1 then 'Acme' else 'Nuri' end,
                       case n % 3 when 0 then '다솜이 2' when 1 then 'Doll' else 'Speaker S1' end
                  from generate_series(1, 120) n""");
        town.execute("""
                insert into device_presence (device_no, connected, changed_at, reason, firmware, contract,
                                             battery_percent, on_mains, status_at)
                select device_no, device_no % 7 <> 0, now() - device_no * interval '11 minutes', 'connect',
                       case when device_no % 5 = 0 then '1.9.0' when device_no % 11 = 0 then '1.8.2' else '1.10.1' end,
                       '1.0', (device_no * 7) % 100, device_no % 4 = 0, now() - device_no * interval '9 seconds'
                  from device where device_no > 1 and device_no % 13 <> 0""");
        town.execute("""
                update device_presence set firmware = '1.10.1', contract = '1.0', battery_percent = 82, on_mains = true,
                       status_at = now() where device_no = 1""");
        town.execute("""
                insert into presence_event (device_no, at, connected, reason)
                select 1, now() - n * interval '9 hours', n % 2 = 0, case n % 2 when 0 then 'connect' else 'keep-alive' end
                  from generate_series(1, 24) n""");
        town.execute("""
                insert into sequence_gap (device_no, from_seq, to_seq, missing, noticed_at)
                values (1, 120, 122, '{[120,123)}', now() - interval '2 hours')""");
        town.execute("""
                insert into quarantine (received_at, device_no, device_id, topic, reason, reason_code, pointer, detail,
                                        payload, payload_length)
                select now() - n * interval '5 hours', d.device_no, d.device_id, 'dolbom/1/' || d.device_id || '/voice',
                       case n % 3 when 0 then 'malformed-json' else 'out-of-range' end, 153, '/data/confidence',
                       'found ''살려줘'', expected 0 to 1',
                       convert_to('{"data":{"confidence":7,"transcript":"영자 씨가 살려줘 했어요 <script>alert(1)</script>"}}', 'UTF8'), 96
                  from generate_series(1, 12) n join device d on d.device_no = case n % 2 when 0 then 1 else 4 end""");
        town.execute("""
                insert into quarantine_count (device_no, hour, reason, messages, kept, bytes, first_at, last_at)
                select 1, date_trunc('hour', now() - n * interval '17 hours'), case n % 3 when 0 then 'malformed-json' else 'out-of-range' end,
                       3 + (n * 7) % 11, 1, 100, now(), now() from generate_series(1, 18) n""");
        town.execute("""
                insert into incident (scope, office_no, name, cause, began_at, noticed_at, homes, expected, heard)
                values ('district', 1, '대화동', 'network-silent', now() - interval '2 hours', now() - interval '1 hour', 43, 50, 2)""");
        town.execute("""
                insert into platform_gap (from_at, to_at, reason)
                values (now() - interval '2 days', now() - interval '2 days' + interval '3 minutes', 'broker-stopped')""");
        town.start();
        town.execute("""
                insert into account (login, password_hash, role, vendor)
                select 'acme', password_hash, 'vendor', 'Acme' from account where login = 'operator'""");
        operator.signIn("operator", Town.PASSWORD);
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void aBatteryIsLowAtTwentyPercentWhereverThatIsTold() {
        town.execute("""
                update device_presence set battery_percent = 20, on_mains = false where device_no = 1""");
        try {
            assertTrue(operator.get("/fleet?state=weak").body().contains("robot-1"), "in the list");
            assertTrue(operator.get("/fleet/devices/robot-1").body().contains("배터리 부족"), "on the device's page");
            String resident = town.text("select resident_id::text as text from resident where resident_no = :value", 1);
            assertTrue(
                    operator.get("/residents/" + resident).body().contains("<p class=\"low\">"),
                    "on the resident's page");
        } finally {
            town.execute("update device_presence set battery_percent = 82, on_mains = true where device_no = 1");
        }
    }

    @Test
    void theFleetOneDeviceAndWhatWasRefusedAreReadableOnTheDeskAndOnThePhone() {
        for (Screen screen : List.of(Screen.DESKTOP, Screen.PHONE, Screen.PHONE_DARK)) {
            try (Visitor visitor = Chromium.visit(town.url, screen).signIn("operator", Town.PASSWORD)) {
                visitor.open("/fleet");
                visitor.page().locator("#summary table").waitFor();
                visitor.picture("fleet").assertGood();
                visitor.open("/fleet/devices/robot-1").picture("fleet-device").assertGood();
                visitor.open("/fleet/quarantine").picture("fleet-quarantine").assertGood();
            }
        }
    }

    @Test
    void howLongAgoSomethingWasGoesOn() {
        try (Visitor visitor = Chromium.visit(town.url, Screen.PHONE).signIn("operator", Town.PASSWORD)) {
            Page page = visitor.page();
            page.clock().install();
            visitor.open("/fleet?state=all&after=doll-120");
            Locator row = page.locator(".fleet-row", new Page.LocatorOptions().setHasText("robot-1"));
            assertThat(row).containsText(Pattern.compile("마지막 상태 (방금|\\d+분 전)"));
            page.clock().fastForward(Duration.ofHours(3).toMillis());
            assertThat(row.locator(".state")).hasText(Pattern.compile("연결됨 · 3시간 전부터"));
            assertThat(row).containsText("마지막 상태 3시간 전");
            visitor.open("/fleet/devices/robot-1");
            assertThat(page.locator(".state time")).hasAttribute("data-ago", "");
        }
    }

    @Test
    void theListGoesOnWhereItEndedAndIsNarrowedDown() {
        String first = operator.get("/fleet").body();
        assertTrue(first.contains("doll-050") && !first.contains("doll-051"), "the first 50");
        assertTrue(first.contains("after=doll-050"), first);
        String last = operator.get("/fleet?state=all&after=doll-100").body();
        assertTrue(last.contains("robot-1") && !last.contains("after="), "the rest");
        assertTrue(operator.get("/fleet?vendor=Nuri").body().contains("doll-002"));
        assertFalse(operator.get("/fleet?vendor=Nuri").body().contains("doll-001"));
        String counts = operator.get("/fleet/summary").body();
        assertTrue(counts.contains("1단계 뒤") && counts.contains("2단계 뒤"), "1.10.1 is later than 1.9.0");
        assertEquals(303, operator.get("/fleet?device=robot-1").statusCode());
        assertTrue(operator.get("/fleet?device=nothing").body().contains("이 ID의 기기가 없습니다"));
        assertEquals(404, operator.get("/fleet/devices/nothing").statusCode());
    }

    @Test
    void aVendorSeesTheOwnDevicesAndNothingOfAResident() {
        Client vendor = new Client(town.url).signIn("acme", Town.PASSWORD);
        List<String> pages = List.of(
                vendor.get("/fleet").body(),
                vendor.get("/fleet/summary").body(),
                vendor.get("/fleet/devices/robot-1").body(),
                vendor.get("/fleet/quarantine").body());

        assertTrue(pages.get(0).contains("robot-1"), pages.get(0));
        assertTrue(pages.get(1).contains("모두 41대"), pages.get(1));
        assertTrue(pages.get(3).contains("out-of-range"), pages.get(3));
        String residentId = town.text("select resident_id::text as text from resident where resident_no = :value", 1);
        for (String page : pages) {
            for (String hidden : List.of(residentId, "김영자", "대화동", "대화로", "영자", "살려줘", "Nuri", "해솔")) {
                assertFalse(page.contains(hidden), hidden + " in " + page);
            }
        }
        for (String path :
                List.of("/fleet/devices/doll-002", "/residents/" + residentId, "/fleet/enrol", "/tasks", "/roster")) {
            int status = vendor.get(path).statusCode();
            assertTrue(status == 403 || status == 404, path + " " + status);
        }
        assertEquals(
                403,
                vendor.form("/fleet/devices/robot-1/search", Map.of("office", "", "words", "영"))
                        .statusCode());
        try (Visitor visitor = Chromium.visit(town.url, Screen.DESKTOP).signIn("acme", Town.PASSWORD)) {
            assertEquals(town.url + "/fleet", visitor.page().url(), "a vendor's first page");
            visitor.open("/fleet/devices/robot-1").picture("fleet-vendor").assertGood();
        }
    }

    @Test
    void aVendorReadsOfNoWorldWithoutTroubleAboveDevicesThatAreOffAndWhyEachWentInWords() {
        Client vendor = new Client(town.url).signIn("acme", Town.PASSWORD);
        town.execute(
                "update platform_gap set to_at = to_at - interval '90 days', from_at = from_at - interval '90 days'");
        String fleet = vendor.get("/fleet").body();
        town.execute(
                "update platform_gap set to_at = to_at + interval '90 days', from_at = from_at + interval '90 days'");
        assertTrue(fleet.contains("귀사 기기 전체에 걸친 장애는 없습니다."), fleet);
        assertFalse(fleet.contains("수신되고 있습니다"), fleet);

        String device = vendor.get("/fleet/devices/robot-1").body();
        assertTrue(device.contains("끊김: 오랫동안 응답이 없음") && device.contains("연결됨: 기기가 접속함"), device);
        assertFalse(device.contains("keep-alive"), device);
        assertTrue(device.contains("viewBox=\"0 0 700 150\""), "refused messages by day");
        assertFalse(
                operator.get("/fleet/devices/doll-002").body().contains("viewBox=\"0 0 700 150\""),
                "nothing was refused, nothing is drawn");
    }

    @Test
    void aRefusedMessageIsShownAsItCameAndRunsNothing() {
        String page = operator.get("/fleet/quarantine").body();

        assertTrue(page.contains("영자 씨가 살려줘 했어요 &lt;script&gt;"), page);
        assertFalse(page.contains("<script>alert"), page);
    }

    @Test
    void aDeviceIsEnrolledByThePrintedCodeAndPutIntoAHome() {
        try (Visitor visitor = Chromium.visit(town.url, Screen.PHONE).signIn("operator", Town.PASSWORD)) {
            visitor.expect("400").open("/fleet/enrol").picture("fleet-enrol").assertGood();
            visitor.page().fill("#claim", "no code");
            visitor.page().fill("#enrol-device", "doll-900");
            visitor.page().fill("#vendor", "Nuri");
            visitor.page().fill("#model", "Speaker S1");
            visitor.page().click("#enrol-form button");
            assertTrue(visitor.page().locator("[role=alert]").textContent().contains("26자"));

            visitor.page().fill("#claim", "4kq7m-0ztx2-9rwhc-a3n5e-v8bjp6");
            visitor.page().click("#enrol-form button");
            assertEquals("4KQ7M-0ZTX2-9RWHC-A3N5E-V8BJP6", visitor.page().textContent(".code"));
            visitor.picture("fleet-box").assertGood();

            visitor.page().click("text=이 기기로 가기");
            visitor.page().fill("#words", "영자");
            visitor.page().click("text=어르신 찾기");
            visitor.page().click("text=이 댁에 놓기");
            assertTrue(visitor.page().textContent("main").contains("김영자"));
        }
        assertEquals(
                "1", town.text("select resident_no::text as text from device where device_id = :value", "doll-900"));
        assertEquals(List.of("device-bound", "device-registered"), town.list("""
                select action as text from audit_event where detail ->> 'device' = :value order by action""", "doll-900"));
    }

    @Test
    void theCodeOnABoxIsReadByTheCameraAndFromAPhoto() throws Exception {
        byte[] photo =
                photo("DOLBOM:1?device=doll-901&vendor=Nuri&model=Speaker+S1&claim=4KQ7M-0ZTX2-9RWHC-A3N5E-V8BJP6");
        Path film = Files.createTempFile("box", ".mjpeg");
        for (int i = 0; i < 30; i++) {
            Files.write(film, photo, StandardOpenOption.APPEND);
        }
        try (Visitor visitor =
                Chromium.visitWithCamera(town.url, Screen.PHONE, film).signIn("operator", Town.PASSWORD)) {
            visitor.open("/fleet/enrol").page().click("#scan-start");
            visitor.page().waitForSelector("text=읽었습니다. 내용을 확인하고 등록해 주세요.");
            assertEquals("doll-901", visitor.page().inputValue("#enrol-device"));
            assertEquals("4KQ7M-0ZTX2-9RWHC-A3N5E-V8BJP6", visitor.page().inputValue("#claim"));
            assertTrue(visitor.page().isHidden("#scan-video"), "the camera is off again");
            visitor.assertGood();
        } finally {
            Files.delete(film);
        }
        try (Visitor visitor =
                Chromium.visit(town.url, Screen.PHONE).expect("400").signIn("operator", Town.PASSWORD)) {
            visitor.open("/fleet/enrol")
                    .page()
                    .setInputFiles("#photo", new FilePayload("box.jpg", "image/jpeg", photo));
            visitor.page().click("form[enctype] button");
            assertEquals("Speaker S1", visitor.page().inputValue("#model"));
            visitor.picture("fleet-enrol-photo").assertGood();
            visitor.page().click("#enrol-form button");
            assertEquals("4KQ7M-0ZTX2-9RWHC-A3N5E-V8BJP6", visitor.page().textContent(".code"));
            visitor.open("/fleet/enrol")
                    .page()
                    .setInputFiles("#photo", new FilePayload("no.jpg", "image/jpeg", new byte[] {1, 2}));
            visitor.page().click("form[enctype] button");
            assertTrue(visitor.page().textContent("[role=alert]").contains("QR 코드를 찾지 못했습니다"));
        }
        assertEquals(
                400,
                operator.upload("/fleet/enrol/photo", Map.of(), "x.png", photo("https://evil.example/"))
                        .statusCode());
    }

    /// A code somewhat off the middle of a picture, as a JPEG.
    private static byte[] photo(String text) throws Exception {
        var code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 340, 340, Map.of(EncodeHintType.MARGIN, 4));
        var picture = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 480; y++) {
            for (int x = 0; x < 640; x++) {
                boolean isInside = x >= 180 && x < 520 && y >= 60 && y < 400;
                picture.setRGB(x, y, isInside ? code.get(x - 180, y - 60) ? 0x101010 : 0xf0f0f0 : 0x707880);
            }
        }
        var file = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", file);
        return file.toByteArray();
    }

    @Test
    void aClaimCodeIsWithdrawn() {
        HttpResponse<String> issued = operator.form("/fleet/devices/doll-003/claim", Map.of("x", ""));
        assertEquals(200, issued.statusCode());
        assertTrue(operator.get("/fleet/devices/doll-003").body().contains("등록 코드 폐기"));

        assertEquals(
                303,
                operator.form("/fleet/devices/doll-003/claim/withdraw", Map.of("x", ""))
                        .statusCode());

        assertFalse(operator.get("/fleet/devices/doll-003").body().contains("등록 코드 폐기"));
    }
}
