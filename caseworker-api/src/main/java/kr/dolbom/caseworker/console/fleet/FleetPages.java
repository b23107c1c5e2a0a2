package kr.dolbom.caseworker.console.fleet;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Set;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// The devices to look at.
@Controller("/fleet")
@Hidden
@Secured({Role.SUPERVISOR, Role.OPERATOR, Role.VENDOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class FleetPages {
    private static final Set<String> DONE = Set.of("bound", "unbound", "withdrawn");

    private final FleetReader reader;
    private final FleetCounts counts;
    private final DeviceReader devices;
    private final RefusedReader refused;
    private final Transactions transactions;
    private final Frames frames;
    private final Pages pages;

    FleetPages(
            FleetReader reader,
            FleetCounts counts,
            DeviceReader devices,
            RefusedReader refused,
            Transactions transactions,
            Frames frames,
            Pages pages) {
        this.reader = reader;
        this.counts = counts;
        this.devices = devices;
        this.refused = refused;
        this.transactions = transactions;
        this.frames = frames;
        this.pages = pages;
    }

    /// A page of devices.
    ///
    /// @param device the device to go to
    @Get
    HttpResponse<?> list(
            HttpRequest<?> request,
            Viewer viewer,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String vendor,
            @QueryValue @Nullable String model,
            @QueryValue @Nullable String firmware,
            @QueryValue @Nullable String after,
            @QueryValue @Nullable String device) {
        FleetScope scope = FleetScope.of(viewer);
        String message = "";
        if (device != null && !device.isBlank()) {
            String wanted = device.strip().toLowerCase(java.util.Locale.ROOT);
            try {
                devices.check(scope, wanted);
                return HttpResponse.seeOther(URI.create("/fleet/devices/"
                        + java.net.URLEncoder.encode(wanted, java.nio.charset.StandardCharsets.UTF_8)));
            } catch (ProblemException _) {
                message = PreferredWords.of(request).text("fleet.unknown", wanted);
            }
        }
        String told = message;
        Frame frame = frames.of(request, viewer, Section.FLEET);
        var wish = new FleetReader.Wish(state, vendor, model, firmware, after);
        FleetPage page = transactions.run(connection -> reader.read(
                connection, frame, scope, wish, viewer.account().role().equals(Role.OPERATOR), told));
        return pages.page("fleet/fleet.jte", page);
    }

    /// How many there are: read by itself, as it looks at all of them.
    @Get("/summary")
    HttpResponse<String> summary(HttpRequest<?> request, Viewer viewer) {
        Frame frame = frames.of(request, viewer, Section.FLEET);
        FleetSummary summary = counts.read(FleetScope.of(viewer), frame.phrasing());
        return request.getHeaders().contains("HX-Request")
                ? pages.page("fleet/counts.jte", summary)
                : pages.page("fleet/summary.jte", new SummaryPage(frame, summary));
    }

    /// What was refused.
    @Get("/quarantine")
    HttpResponse<String> quarantine(
            HttpRequest<?> request,
            Viewer viewer,
            @QueryValue @Nullable String reason,
            @QueryValue @Nullable Long before) {
        Frame frame = frames.of(request, viewer, Section.FLEET);
        return pages.page(
                "fleet/quarantine.jte",
                refused.read(
                        viewer,
                        frame,
                        FleetScope.of(viewer),
                        reason == null || reason.isBlank() ? null : reason,
                        before));
    }

    /// One device.
    @Get("/devices/{deviceId}")
    HttpResponse<String> device(
            HttpRequest<?> request, Viewer viewer, String deviceId, @QueryValue @Nullable String done) {
        Frame frame = frames.of(request, viewer, Section.FLEET);
        String told = done != null && DONE.contains(done) ? frame.words().text("fleet.done." + done) : "";
        return pages.page("fleet/device.jte", devices.read(viewer, frame, FleetScope.of(viewer), deviceId, null, told));
    }
}
