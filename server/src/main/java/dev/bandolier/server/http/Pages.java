package dev.bandolier.server.http;

import dev.bandolier.server.wire.Gzip;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The dashboards as a browser gets them: `/`, `/favicon.svg` and everything below `/assets/`.
///
/// All files are read from the class path and gzipped once, at the start; a request is one look-up in a map by its
/// exact path, so there is no file system to climb out into. Libraries carry their version in their address and may
/// be kept for ever; our own files are asked for again each time and mostly answered with 304.
///
/// The pages run under a Content-Security-Policy that lets them talk to this server and to nobody else. Their one
/// inline script, the import map, is admitted by its hash.
///
/// Immutable, and safe on any thread.
public final class Pages {
    private static final String INDEX = "index.html";
    /// The module that imports all that a page starts with.
    private static final String ENTRY = "assets/app.js";
    /// Where the page announces our own modules; those of libraries it announces itself.
    private static final String MODULES = "  <!-- modules of these pages -->\n";
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private final Map<String, Page> pages;
    private final String contentSecurityPolicy;

    private Pages(Map<String, Page> pages, String contentSecurityPolicy) {
        this.pages = Map.copyOf(pages);
        this.contentSecurityPolicy = contentSecurityPolicy;
    }

    /// The pages of the `dashboards` folder on the class path.
    ///
    /// Blocks while it reads and gzips about 1.3 MB: call it once, and not on an event loop that serves.
    ///
    /// @throws IllegalStateException if the class path does not have them
    public static Pages fromClassPath() {
        SortedMap<String, Buffer> files = ClassPathFolder.holding("/dashboards/" + INDEX, Pages.class.getClassLoader());
        files.put(INDEX, announcing(files));
        Map<String, Page> pages = new TreeMap<>();
        files.forEach((path, content) -> pages.put(path.equals(INDEX) ? "/" : "/" + path, Page.of(path, content)));
        return new Pages(pages, policy(files.get(INDEX)));
    }

    /// Adds the routes of the pages. What is not a page goes on to the next route of the router.
    public void mount(Router router) {
        for (String path : new String[] {"/", "/favicon.svg", "/assets/*"}) {
            router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
        }
    }

    private void serve(RoutingContext context) {
        Page page = pages.get(context.normalizedPath());
        if (page == null) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.ETAG, page.etag())
                .putHeader(HttpHeaders.CACHE_CONTROL, page.caching())
                .putHeader(HttpHeaders.VARY, "Accept-Encoding")
                .putHeader("Content-Security-Policy", contentSecurityPolicy)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (page.isHeldBy(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else {
            send(page, context);
        }
    }

    private static void send(Page page, RoutingContext context) {
        HttpServerResponse response = context.response().putHeader(HttpHeaders.CONTENT_TYPE, page.type());
        Buffer body = page.plain();
        if (Gzip.accepted(Optional.ofNullable(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING)))) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            body = page.packed();
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    /// The page with a link for each of our modules that it starts with, so that a browser asks for all of them at once.
    private static Buffer announcing(SortedMap<String, Buffer> files) {
        String index = files.get(INDEX).toString();
        if (!index.contains(MODULES)) {
            throw new IllegalStateException(INDEX + " does not say where its modules are announced");
        }
        String links = Modules.from(ENTRY, files).stream()
                .map(path -> "  <link rel=\"modulepreload\" href=\"/" + path + "\">\n")
                .collect(Collectors.joining());
        return Buffer.buffer(index.replace(MODULES, links));
    }

    private static String policy(Buffer index) {
        Matcher importMap = IMPORT_MAP.matcher(index.toString());
        if (!importMap.find()) {
            throw new IllegalStateException(INDEX + " has no import map");
        }
        String hash = Page.sha256(Buffer.buffer(importMap.group(1)));
        return "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }
}
