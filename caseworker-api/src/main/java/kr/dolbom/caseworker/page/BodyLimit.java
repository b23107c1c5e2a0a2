package kr.dolbom.caseworker.page;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Bodies of more than 1 MB are refused, but for the forms that bring a file: for their sake the server itself takes
/// 6 MB. A body that does not say how long it is is counted.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class BodyLimit implements Ordered {
    private static final long MOST_BYTES = 1024 * 1024;
    private static final Set<String> FILES = Set.of("/people/import", "/fleet/enrol/photo");

    @RequestFilter
    @Nullable CompletableFuture<@Nullable HttpResponse<?>> check(HttpRequest<?> request) {
        boolean isReading = request.getMethodName().matches("GET|HEAD|OPTIONS");
        if (isReading || FILES.contains(request.getPath()) || !(request instanceof ServerHttpRequest<?> server)) {
            return null;
        }
        OptionalLong length = server.byteBody().expectedLength();
        if (length.isPresent()) {
            return length.getAsLong() <= MOST_BYTES ? null : CompletableFuture.completedFuture(refuse());
        }
        CloseableByteBody copy = server.byteBody().split(ByteBody.SplitBackpressureMode.FASTEST);
        return copy.buffer().thenApply(body -> {
            try (body) {
                return body.length() <= MOST_BYTES ? null : refuse();
            }
        });
    }

    private static HttpResponse<?> refuse() {
        return HttpResponse.status(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }
}
