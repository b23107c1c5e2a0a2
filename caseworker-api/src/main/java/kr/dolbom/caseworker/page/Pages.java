package kr.dolbom.caseworker.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/// Renders the templates that the build compiled. Safe for use by many threads.
@Singleton
public final class Pages {
    /// The media type of pages.
    public static final MediaType HTML = MediaType.of("text/html;charset=utf-8");

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /// A page as an answer with status 200.
    ///
    /// @param template path under `src/main/jte`
    /// @param model the template's only parameter
    public MutableHttpResponse<String> page(String template, Object model) {
        return page(HttpStatus.OK, template, model);
    }

    /// A page as an answer with any status.
    public MutableHttpResponse<String> page(HttpStatus status, String template, Object model) {
        return HttpResponse.<String>status(status).contentType(HTML).body(render(template, model));
    }

    /// A page or a part of one as HTML.
    public String render(String template, Object model) {
        var output = new StringOutput();
        engine.render(template, model, output);
        return output.toString();
    }
}
