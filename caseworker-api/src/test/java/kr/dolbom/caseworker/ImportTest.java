package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kr.dolbom.caseworker.intake.StagedFileExpiry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Files from spreadsheets: what is wrong is named, and nothing is imported but what somebody has confirmed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // files with their own line ends
class ImportTest {
    private static final String TITLES = "이름,출생 연도,동,주소,전화번호,담당자,언어,대화 저장 동의,동명이인";
    private static final Pattern HASH = Pattern.compile("name=\"hash\" value=\"([0-9a-f]{64})\"");

    private final Town town = new Town();
    private io.micronaut.runtime.server.EmbeddedServer server;
    private Client operator;
    private String office = "";

    @BeforeAll
    void start() {
        server = town.start();
        operator = new Client(town.url).signIn("operator", PASSWORD);
        office = town.text("select office_id::text as text from office where office_no = :value", 1);
    }

    @BeforeEach
    void forget() {
        town.execute("delete from guardian");
        town.execute("update device set resident_no = 1 where device_id = 'robot-1'");
        town.execute("alter table audit_event disable trigger user");
        town.execute("delete from audit_event where resident_no > 1");
        town.execute("alter table audit_event enable trigger user");
        town.execute("delete from resident where resident_no > 1");
        town.execute("delete from people_import");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void everyBadRowIsNamedAndNothingIsImported() {
        String page = bring(
                "residents",
                csv(
                        "박순자,1938,대화동,대화로 1,031-900-0001,,,,",
                        ",41,대화동,대화로 2,12,,프랑스어,글쎄,",
                        "최말순,1940,대화동,,,없는담당자,,,",
                        "박순자,1938,대화동,대화로 9,,,,,",
                        "정복례,1937,대화동,대화로 4,031-900-0001,,,,",
                        "한복남,1936,대화동,대화로 5,031-900-1234,,,,"));

        for (String expected : List.of(
                "3행",
                "1–40자로 적어 주세요.",
                "네 자리 연도로 적어 주세요.",
                "지역 번호부터 적어 주세요.",
                "한국어 또는 영어",
                "예 또는 아니오로",
                "4행",
                "이 부서에 있는 담당자의",
                "5행",
                "2행과 같은 사람입니다",
                "6행",
                "2행과 같은 전화번호입니다",
                "7행",
                "이미 김영자 님의 번호입니다",
                "<code>프랑스어</code>",
                "고칠 행이 있어 등록할 수 없습니다")) {
            assertTrue(page.contains(expected), expected + "\n" + page);
        }
        assertFalse(page.contains("/confirm"), "nothing to confirm");
        assertEquals(1, residents());
        String id = importId();
        assertEquals(409, confirm(id, "0".repeat(64)).statusCode());
        assertEquals(1, residents());
    }

    @Test
    void whatKoreanExcelWritesIsReadAndImportedWholeOnce() {
        String lines = csv("박순자,1938-03-02,대화동,\"대화로 1, 2호\",0319000001,이민지,,예,", "김영자,1941,주엽동,새주소 3,,,,,")
                .replace(',', ';')
                .replace("대화로 1; 2호", "대화로 1; 2호");
        String page = bring("residents", lines.getBytes(Charset.forName("EUC-KR")));
        assertTrue(page.contains("<strong>1</strong> 새로") && page.contains("<strong>1</strong> 바뀜"), page);
        assertTrue(page.contains("동: 대화동 → 주엽동") && page.contains("주소: 대화로 12, 301호 → 새주소 3"), page);
        String id = importId();
        assertFalse(
                town.transactions
                        .<String>run(connection -> kr.dolbom.caseworker.database.Sql.on(
                                        connection, "select content from people_import")
                                .get(row -> row.text("content")))
                        .contains("박순자"),
                "encrypted while it waits");

        HttpResponse<String> first = confirm(id, hash(page));
        HttpResponse<String> second = confirm(id, hash(page));

        assertEquals("/people/import/" + id + "?done=imported", location(first));
        assertEquals("/people/import/" + id + "?done=imported-before", location(second));
        assertEquals(2, residents());
        assertEquals("박순자 대화로 1; 2호 +82319000001 1 true", town.text("""
                        select name || ' ' || address || ' ' || phone || ' ' || caseworker_no || ' ' || transcript_consent
                               as text from resident where birth_year = :value""", 1938));
        assertEquals(
                "주엽동 +82319001234",
                town.text("select neighbourhood || ' ' || phone as text from resident where resident_no = :value", 1),
                "what a file leaves empty stays");
        assertTrue(operator.get("/people/import/" + id).body().contains("새로 1, 바뀜 1, 그대로 0"));
        assertEquals("1 1 연말 명단", town.text("""
                        select (detail ->> 'add') || ' ' || (detail ->> 'change') || ' ' || (detail ->> 'reason') as text
                          from audit_event where action = :value order by audit_no desc limit 1""", "import-confirmed"));
        assertEquals(
                "gone",
                town.text(
                        "select coalesce(content, 'gone') as text from people_import where kind = :value",
                        "residents"));
        town.execute("update resident set neighbourhood = '대화동' where resident_no = 1");
    }

    @Test
    void ofTwoPeopleWithTheSameFileTheSecondLooksAgain() {
        byte[] file = csv("박순자,1938,대화동,대화로 1,,,,,").getBytes(StandardCharsets.UTF_8);
        String hers = bring("residents", file);
        String herId = importId();
        String his = bring("residents", file);
        String hisId = importId();
        confirm(herId, hash(hers));

        HttpResponse<String> late = confirm(hisId, hash(his));

        assertEquals(409, late.statusCode(), late.body());
        assertTrue(late.body().contains("미리보기 뒤에 등록된 자료가 바뀌어") && late.body().contains("모두 이미 같은 내용입니다"));
        assertEquals(2, residents());
    }

    @Test
    void theRegistryMayChangeInBetweenAndThenNothingIsImported() {
        String page = bring("residents", csv("김영자,1941,대화동,대화로 99,,,,,"));
        String id = importId();
        town.execute("update resident set neighbourhood = '마두동' where resident_no = 1");

        assertEquals(409, confirm(id, hash(page)).statusCode());

        String again = operator.get("/people/import/" + id).body();
        assertTrue(again.contains("동: 마두동 → 대화동"), again);
        town.execute("update resident set neighbourhood = '대화동' where resident_no = 1");
    }

    @Test
    void namesakesAreToldApartByTheirAddress() {
        String page = bring("residents", csv("김영자,1941,주엽동,주엽로 5,,,,,예", "김영자,1941,주엽동,주엽로 6,,,,,예"));
        assertTrue(page.contains("<strong>2</strong> 새로"), page);
        confirm(importId(), hash(page));
        assertEquals(3, residents());
        assertTrue(bring("residents", csv("김영자,1941,주엽동,주엽로 7,,,,,")).contains("같은 분이 3명 있습니다"));
        assertTrue(bring("residents", csv("김영자,1941,주엽동,주엽로 6,,,,,")).contains("<strong>1</strong> 그대로"));
    }

    @Test
    void guardiansCaseworkersAndDevicesComeInToo() {
        String guardians = bring(
                "guardians",
                "\uFEFF어르신 이름\t어르신 출생 연도\t보호자 이름\t관계\t전화번호\t연락 동의\r\n김영자\t1941\t김지은\t딸\t1055550005\t예\r\n"
                        + "없는분\t1941\t김\t딸\t01055550006\t\r\n");
        assertTrue(guardians.contains("이 부서에 없는분 님이 없습니다."), guardians);
        String good = bring("guardians", "어르신 이름,어르신 출생 연도,보호자 이름,관계,전화번호,연락 동의\n김영자,1941,김지은,딸,1055550005,예\n");
        confirm(importId(), hash(good));
        assertEquals("+821055550005 true", town.text("""
                select phone || ' ' || (consented_at is not null) as text from guardian where relation = :value""", "딸"));

        String caseworkers = bring("caseworkers", "이름,전화번호,직책\n이민지,010-1111-0001,책임자\n새담당,010-8888-0008,\n");
        assertTrue(caseworkers.contains("직책: 담당자 → 책임자") && caseworkers.contains("<strong>1</strong> 새로"), caseworkers);

        String devices = bring(
                "devices",
                "기기 번호,제조사,모델,등록 코드,어르신 이름,어르신 출생 연도\nimport-1,Acme,Doll,01234-56789-ABCDE-FGHJK-MNPQR-S,김영자,1941\n"
                        + "robot-1,Other,Doll,,,\nBAD ID,Acme,Doll,short-secret,,\n");
        assertTrue(devices.contains("이미 등록된 기기입니다(Acme Doll)") && devices.contains("영어 소문자, 숫자"), devices);
        assertFalse(devices.contains("short-secret"), "a code is as good as a key");
    }

    @Test
    void whatIsNoFileOfThisKindSaysSo() {
        assertTrue(bring("residents", "이름,별명\n김영자,할머니\n").contains("없는 열입니다"));
        assertTrue(bring("residents", "이름,별명\n김영자,할머니\n").contains("&quot;주소&quot; 열이 있어야 합니다")
                || operator.get("/people/import/" + importId()).body().contains("\"주소\" 열이 있어야 합니다"));
        assertTrue(bring("residents", "").contains("한 행 이상이 있어야 합니다"));
        HttpResponse<String> picture = upload("residents", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, (byte) 0xFF});
        assertEquals(400, picture.statusCode());
        assertTrue(picture.body().contains("읽을 수 있는 CSV 파일이 아닙니다"), picture.body());
        assertTrue(bring("residents", csv("<script>alert(1)</script>,1940,대화동,=1+1,,,,,"))
                .contains("&lt;script&gt;"));
    }

    @Test
    void fiveMegabytesAreTakenHereAndOneElsewhere() {
        String rows = IntStream.range(0, 3000)
                .mapToObj(i -> "어르신%d,1940,대화동,%s,,,,,".formatted(i, "대화로 " + i + " " + "가".repeat(180)))
                .collect(Collectors.joining("\n"));
        byte[] file = (TITLES + "\n" + rows).getBytes(StandardCharsets.UTF_8);
        assertTrue(file.length > 1_500_000, "more than is taken elsewhere: " + file.length);
        assertTrue(bring("residents", file).contains("<strong>3000</strong> 새로"));
        assertEquals(413, upload("residents", new byte[5_500_000]).statusCode());
        assertEquals(
                413,
                operator.form("/people", Map.of("name", "x".repeat(1_100_000))).statusCode());
    }

    @Test
    void twentyThousandRowsAreImportedAtOnceAndOneMoreIsTooMany() {
        String rows = IntStream.range(0, 20_000)
                .mapToObj(i -> "어르신%d,1940,대화동,대화로 %d,,,,,".formatted(i, i))
                .collect(Collectors.joining("\n"));
        String page = bring("residents", TITLES + "\n" + rows);
        long began = System.nanoTime();
        assertEquals(303, confirm(importId(), hash(page)).statusCode());
        System.out.printf("import_20000_s=%.1f%n", (System.nanoTime() - began) / 1e9);
        assertEquals(20_001, residents());
        assertTrue(bring("residents", TITLES + "\n" + rows + "\n하나더,1940,대화동,대화로,,,,,")
                .contains("20000행까지"));
    }

    @Test
    void aFileIsForgottenAfterADayOrWhenItIsThrownAway() {
        bring("residents", csv("박순자,1938,대화동,대화로 1,,,,,"));
        String thrown = importId();
        assertEquals(
                303,
                operator.form("/people/import/" + thrown + "/discard", Map.of()).statusCode());
        assertTrue(operator.get("/people/import/" + thrown).body().contains("버렸거나 하루가 지나"));
        bring("residents", csv("박순자,1938,대화동,대화로 1,,,,,"));
        town.execute("update people_import set uploaded_at = uploaded_at - interval '25 hours'");
        server.getApplicationContext().getBean(StagedFileExpiry.class).run();
        assertEquals(
                "0",
                town.text(
                        "select count(*)::text as text from people_import where content is not null and kind = :value",
                        "residents"));
        assertEquals(409, confirm(importId(), "0".repeat(64)).statusCode());
        assertEquals(
                Duration.ofMinutes(15),
                server.getApplicationContext().getBean(StagedFileExpiry.class).pause());
    }

    @Test
    void theTemplateIsForSpreadsheetsAndHasTitlesAlone() {
        HttpResponse<String> template = operator.get("/people/import/templates/residents");
        assertEquals("\uFEFF" + TITLES + "\r\n", template.body());
        assertTrue(template.headers()
                .firstValue("Content-Disposition")
                .orElseThrow()
                .startsWith("attachment"));
    }

    private static String csv(String... rows) {
        return Stream.concat(Stream.of(TITLES), Stream.of(rows)).collect(Collectors.joining("\r\n")) + "\r\n";
    }

    private String bring(String kind, String file) {
        return bring(kind, file.getBytes(StandardCharsets.UTF_8));
    }

    private String bring(String kind, byte[] file) {
        HttpResponse<String> brought = upload(kind, file);
        assertEquals(303, brought.statusCode(), brought.body());
        HttpResponse<String> page = operator.get(location(brought));
        assertEquals(200, page.statusCode(), page.body());
        return page.body();
    }

    private HttpResponse<String> upload(String kind, byte[] file) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("office", office);
        form.put("kind", kind);
        return operator.upload("/people/import", form, "list.csv", file);
    }

    private HttpResponse<String> confirm(String id, String hash) {
        return operator.form("/people/import/" + id + "/confirm", Map.of("hash", hash, "reason", "연말 명단"));
    }

    private static String hash(String page) {
        Matcher hash = HASH.matcher(page);
        assertTrue(hash.find(), page);
        return hash.group(1);
    }

    private String importId() {
        return town.text("""
                select import_id::text as text from people_import where kind <> :value
                 order by uploaded_at desc limit 1""", "");
    }

    private int residents() {
        return Integer.parseInt(town.text("select count(*)::text as text from resident where office_no = :value", 1));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse(answer.statusCode() + answer.body());
    }
}
