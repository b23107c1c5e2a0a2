package kr.dolbom.caseworker.console.audit;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.trail.AuditCheck;
import kr.dolbom.caseworker.trail.AuditVerdict;

/// Whether the audit log is as it was written, in words.
@Controller("/audit/check")
@Hidden
@Secured({Role.OPERATOR, Role.AUDITOR})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditCheckPages {
    private final AuditCheck audit;
    private final Frames frames;
    private final Pages pages;

    AuditCheckPages(AuditCheck audit, Frames frames, Pages pages) {
        this.audit = audit;
        this.frames = frames;
        this.pages = pages;
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<String> check(HttpRequest<?> request, Viewer viewer) {
        Frame frame = frames.of(request, viewer, Section.AUDIT);
        AuditVerdict verdict = audit.check(viewer.actor());
        return pages.page(
                "audit/check.jte",
                new AuditCheckPage(
                        frame,
                        verdict,
                        verdict.faults().stream()
                                .map(fault -> frame.words()
                                        .text(
                                                "audit.fault." + fault.kind(),
                                                fault.eventNo() == null ? "-" : fault.eventNo(),
                                                frame.phrasing().dateTime(fault.at())))
                                .toList()));
    }
}
