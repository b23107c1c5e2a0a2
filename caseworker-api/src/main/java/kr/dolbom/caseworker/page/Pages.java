package kr.dolbom.caseworker.page;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.views.jte.HtmlJteViewsRenderer;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Renders the templates that the build compiled. Safe for use by many threads.
@Singleton
public final class Pages {
    /// The media type of pages.
    public static final MediaType HTML = MediaType.of("text/html;charset=utf-8");

    private final HtmlJteViewsRenderer<Map<String, Object>> renderer;

    Pages(HtmlJteViewsRenderer<Map<String, Object>> renderer) {
        this.renderer = renderer;
    }

    /// A page as an answer with status 200.
    ///
    /// @param template path under `src/main/jte`
    /// @param model the template's only parameter, `page`
    public MutableHttpResponse<String> page(String template, Object model) {
        return page(HttpStatus.OK, template, model);
    }

    /// A page as an answer with any status.
    public MutableHttpResponse<String> page(HttpStatus status, String template, Object model) {
        return HttpResponse.<String>status(status).contentType(HTML).body(render(template, model));
    }

    /// A page that may be long. It is encoded piece by piece: the text as a whole, and the copies made while it grew,
    /// are what the garbage collector cannot take well.
    public MutableHttpResponse<byte[]> longPage(String template, Object model) {
        var bytes = new ByteArrayOutputStream();
        try {
            renderer.render(template, Map.of("page", model), null).writeTo(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HttpResponse.<byte[]>ok().contentType(HTML).body(bytes.toByteArray());
    }

    /// A page or a part of one as HTML.
    public String render(String template, Object model) {
        var text = new StringWriter();
        try {
            renderer.render(template, Map.of("page", model), null).writeTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
