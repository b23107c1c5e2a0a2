package kr.dolbom.caseworker.console.fleet;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.caseworker.registry.DeviceDesk;
import org.jspecify.annotations.Nullable;

/// How a device comes in: by the claim code in its box, typed or scanned; into whose home; and its codes. For
/// operators alone.
@Controller("/fleet")
@Hidden
@Secured(Role.OPERATOR)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EnrolPages {
    private static final int NAME_LIMIT = 60;

    private final DeviceDesk desk;
    private final DeviceReader devices;
    private final Transactions transactions;
    private final Frames frames;
    private final Pages pages;

    EnrolPages(DeviceDesk desk, DeviceReader devices, Transactions transactions, Frames frames, Pages pages) {
        this.desk = desk;
        this.devices = devices;
        this.transactions = transactions;
        this.frames = frames;
        this.pages = pages;
    }

    @Get("/enrol")
    HttpResponse<String> form(HttpRequest<?> request, Viewer viewer) {
        return pages.page(
                "fleet/enrol.jte", new EnrolPage(frames.of(request, viewer, Section.FLEET), "", "", "", "", "", null));
    }

    /// Fills the form with what the QR code in a photo says.
    @Post("/enrol/photo")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<String> photo(HttpRequest<?> request, Viewer viewer, @Part("file") CompletedFileUpload file)
            throws IOException {
        Frame frame = frames.of(request, viewer, Section.FLEET);
        Optional<String> code = QrPhoto.read(file.getBytes());
        Optional<BoxLabel> label = code.flatMap(BoxLabel::find);
        String message = frame.words()
                .text(
                        code.isEmpty()
                                ? "fleet.photo.unreadable"
                                : label.isEmpty() ? "fleet.scan.foreign" : "fleet.scan.found");
        BoxLabel found = label.orElseGet(() -> new BoxLabel("", "", "", ""));
        return pages.page(
                label.isEmpty() ? HttpStatus.BAD_REQUEST : HttpStatus.OK,
                "fleet/enrol.jte",
                new EnrolPage(
                        frame, found.deviceId(), found.claimCode(), found.vendor(), found.model(), message, null));
    }

    /// What the QR code in one picture of a camera says, for a page whose browser cannot read it; 204: there is none.
    @Post("/enrol/frame")
    @Consumes(MediaType.IMAGE_JPEG)
    @Produces(MediaType.TEXT_PLAIN)
    HttpResponse<String> frame(@Body byte[] picture) {
        return QrPhoto.read(picture).map(HttpResponse::ok).orElseGet(HttpResponse::noContent);
    }

    /// Registers it. The claim code is shown with the answer and never again.
    @Post("/enrol")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> enrol(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> body) {
        Frame frame = frames.of(request, viewer, Section.FLEET);
        // What a scanner types into the code's field is the whole label.
        BoxLabel label = BoxLabel.find(value(body, "claim"))
                .orElseGet(() -> new BoxLabel(
                        value(body, "device"), value(body, "vendor"), value(body, "model"), value(body, "claim")));
        String deviceId = label.deviceId().toLowerCase(Locale.ROOT);
        try {
            check(deviceId, label);
            DeviceDesk.Claim claim = desk.register(
                    viewer,
                    deviceId,
                    label.vendor(),
                    label.model(),
                    null,
                    label.claimCode().isEmpty() ? null : label.claimCode());
            return pages.page(
                    "fleet/enrol.jte",
                    new EnrolPage(
                            frame, "", "", "", "", "", box(frame, deviceId, label.vendor(), label.model(), claim)));
        } catch (ProblemException e) {
            HttpStatus status = HttpStatus.valueOf(e.problem().status());
            String key = status == HttpStatus.CONFLICT
                    ? "taken"
                    : e.problem().errors().stream()
                            .map(Problem.FieldError::field)
                            .findFirst()
                            .orElse("input");
            return pages.page(
                    status,
                    "fleet/enrol.jte",
                    new EnrolPage(
                            frame,
                            deviceId,
                            "",
                            label.vendor(),
                            label.model(),
                            frame.words().text("fleet.refused." + key),
                            null));
        }
    }

    private static void check(String deviceId, BoxLabel label) {
        if (!deviceId.matches("[a-z0-9][a-z0-9-]{2,63}")) {
            throw Problem.invalid("deviceId", deviceId, "3 to 64 of a-z, 0-9 and hyphen, no hyphen first");
        }
        for (String name : new String[] {label.vendor(), label.model()}) {
            if (name.isBlank() || name.length() > NAME_LIMIT) {
                throw Problem.invalid("vendor", name, "a name of 1 to 60 characters");
            }
        }
    }

    private static EnrolPage.Box box(
            Frame frame, String deviceId, String vendor, String model, DeviceDesk.Claim claim) {
        String code = claim.code().grouped();
        return new EnrolPage.Box(
                deviceId,
                code,
                frame.phrasing().date(claim.expires()),
                QrCode.of(new BoxLabel(deviceId, vendor, model, code).text()));
    }

    /// Gives it a new claim code, which is shown with the answer and never again.
    @Post("/devices/{deviceId}/claim")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> issue(HttpRequest<?> request, Viewer viewer, String deviceId) {
        Frame frame = frames.of(request, viewer, Section.FLEET);
        record Make(String vendor, String model) {}
        Make make = transactions.run(
                connection -> Sql.on(connection, "select vendor, model from device where device_id = :device")
                        .with("device", deviceId)
                        .find(row -> new Make(row.text("vendor"), row.text("model")))
                        .orElseThrow(() -> Problem.notFound("device", deviceId)));
        DeviceDesk.Claim claim = desk.issue(viewer, deviceId, null);
        return pages.page(
                "fleet/enrol.jte",
                new EnrolPage(frame, "", "", "", "", "", box(frame, deviceId, make.vendor(), make.model(), claim)));
    }

    /// Makes its claim codes worthless.
    @Post("/devices/{deviceId}/claim/withdraw")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> withdraw(Viewer viewer, String deviceId) {
        desk.withdraw(viewer, deviceId);
        return back(deviceId, "withdrawn");
    }

    /// Looks for a resident; by POST, so that no name stands in an address.
    @Post("/devices/{deviceId}/search")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> search(
            HttpRequest<?> request, Viewer viewer, String deviceId, @Body Map<String, String> body) {
        UUID office = uuid(body, "office");
        if (office == null) {
            throw Problem.invalid("office", value(body, "office"), "the id of an office");
        }
        return pages.page(
                "fleet/device.jte",
                devices.read(
                        viewer,
                        frames.of(request, viewer, Section.FLEET),
                        FleetScope.of(viewer),
                        deviceId,
                        new DeviceReader.Search(office, value(body, "words")),
                        ""));
    }

    /// Puts it into a resident's home, or into nobody's.
    @Post("/devices/{deviceId}/resident")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> bind(Viewer viewer, String deviceId, @Body Map<String, String> body) {
        UUID resident = uuid(body, "resident");
        desk.bind(viewer, deviceId, resident);
        return back(deviceId, resident == null ? "unbound" : "bound");
    }

    private static HttpResponse<?> back(String deviceId, String done) {
        return HttpResponse.seeOther(URI.create("/fleet/devices/" + deviceId + "?done=" + done));
    }

    private static String value(Map<String, String> body, String field) {
        return body.getOrDefault(field, "").strip();
    }

    private static @Nullable UUID uuid(Map<String, String> body, String field) {
        try {
            return value(body, field).isEmpty() ? null : UUID.fromString(value(body, field));
        } catch (IllegalArgumentException _) {
            throw Problem.invalid(field, value(body, field), "an entry of the list");
        }
    }
}
