package kr.dolbom.caseworker.openapi;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;

/// The document and the page that shows it, for everybody: nothing in it is secret.
@Controller("/openapi")
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
final class OpenApiController {
    private static final MediaType YAML = MediaType.of("application/yaml;charset=utf-8");

    private final OpenApiDocument document;
    private final Pages pages;

    OpenApiController(OpenApiDocument document, Pages pages) {
        this.document = document;
        this.pages = pages;
    }

    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> show(HttpRequest<?> request) {
        return pages.page("openapi.jte", new OpenApiPage(PreferredWords.of(request)));
    }

    @Get("/dolbom.yml")
    @Produces({"application/yaml", MediaType.ALL})
    HttpResponse<String> document() {
        return HttpResponse.ok(document.yaml()).contentType(YAML);
    }
}
