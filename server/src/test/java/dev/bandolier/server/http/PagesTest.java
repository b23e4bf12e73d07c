package dev.bandolier.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages over real HTTP, as a browser asks for them.
@ExtendWith(VertxExtension.class)
final class PagesTest {
    private static final Pages PAGES = Pages.fromClassPath();
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?[\"']([^\"'\\s,]+)[\"']");
    private static final Pattern CALL = Pattern.compile("import\\('[^']*'\\)");
    private static final Pattern NAMES = Pattern.compile("import \\{([^}]*)} from '(\\.[^']*)'");
    private static final Pattern EXPORT = Pattern.compile("export (?:async )?(?:const|let|function|class) (\\w+)");
    private static final Pattern ECHARTS = Pattern.compile("/assets/lib/echarts/[^\"]+");

    private WebClient client;
    private int port;

    @BeforeEach
    void serve(Vertx vertx, VertxTestContext context) {
        Router router = Router.router(vertx);
        PAGES.mount(router);
        client = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .onComplete(context.succeeding(actual -> {
                    port = actual;
                    context.completeNow();
                }));
    }

    @Test
    void root_isAsked_answersThePageUnderAStrictPolicy() {
        HttpResponse<Buffer> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.getHeader("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.getHeader("cache-control")).isEqualTo("no-cache");
        assertThat(page.getHeader("x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.getHeader("referrer-policy")).isEqualTo("no-referrer");
        assertThat(page.getHeader("content-security-policy").split("; "))
                .contains("default-src 'none'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'")
                .contains("form-action 'self'", "frame-ancestors 'none'", "img-src 'self' data:")
                .noneMatch(directive -> directive.contains("unsafe"));
    }

    @Test
    void policy_importMapOfThePage_isAdmittedByItsHashAlone() {
        HttpResponse<Buffer> page = get("/");

        String inline = first(IMPORT_MAP, page.bodyAsString());
        String hash = Page.sha256(Buffer.buffer(inline));

        assertThat(page.getHeader("content-security-policy")).contains("script-src 'self' 'sha256-" + hash + "';");
        assertThat(page.bodyAsString()).doesNotContain("style=", "onclick=", "<style");
    }

    @Test
    void modules_everyAddressAndImport_isServedFromHere() {
        Map<String, String> served = crawl();

        assertThat(served)
                .containsKeys("/assets/theme.css", "/favicon.svg", "/assets/components/arms-table.js")
                .containsKeys("/assets/components/sources-page.js", "/assets/components/source-page.js");
        assertThat(served.keySet()).anyMatch(path -> path.startsWith("/assets/lib/lit-html/"));
        assertThat(served.keySet()).anyMatch(path -> path.startsWith("/assets/lib/echarts/"));
    }

    /// What is fetched when somebody goes there first need not be announced, and is not.
    @Test
    void modules_thatThePageStartsWith_areAnnounced() {
        String page = get("/").bodyAsString();
        JsonObject imports = importMap(page);
        Map<String, String> served = crawl();
        Set<String> needed = new TreeSet<>(Set.of(echarts()));
        Deque<String> open = new ArrayDeque<>(List.of("/assets/app.js"));
        while (!open.isEmpty()) {
            String path = open.pop();
            if (needed.add(path)) {
                imported(path, CALL.matcher(served.get(path)).replaceAll(""), imports)
                        .forEach(open::push);
            }
        }
        needed.remove("/assets/app.js");

        assertThat(ADDRESS.matcher(page).results().map(each -> each.group(1)).filter(path -> path.endsWith(".js")))
                .hasSizeGreaterThan(30)
                .containsAll(needed)
                .doesNotContain("/assets/components/audit-page.js");
        assertThat(served).containsKey("/assets/components/audit-page.js");
    }

    @Test
    void modules_everyAnnouncedOne_isImportedByAnother() {
        String app = "/assets/app.js";
        Set<String> imported = new TreeSet<>(Set.of(app));
        JsonObject imports = importMap(get("/").bodyAsString());
        crawl().forEach((path, text) -> imported.addAll(imported(path, text, imports)));

        assertThat(crawl().keySet().stream().filter(path -> path.endsWith(".js")))
                .allSatisfy(path -> assertThat(imported).contains(path));
    }

    /// A name that a module does not export keeps the whole page from starting.
    @Test
    void modules_everyImportedName_isExportedByItsModule() {
        Map<String, String> served = crawl();
        List<String> missing = new ArrayList<>();
        served.forEach((path, text) -> NAMES.matcher(text).results().forEach(each -> {
            String module = URI.create(path).resolve(each.group(2)).toString();
            for (String name : each.group(1).split(",", -1)) {
                String sought = name.strip().split(" as ", -1)[0];
                if (!sought.isEmpty() && !exported(served.get(module)).contains(sought)) {
                    missing.add(path + " imports " + sought + " of " + module);
                }
            }
        }));

        assertThat(missing).isEmpty();
    }

    private static Set<String> exported(String module) {
        return EXPORT.matcher(module).results().map(each -> each.group(1)).collect(Collectors.toSet());
    }

    @Test
    void library_versionedAddress_mayBeKeptForEver() {
        HttpResponse<Buffer> library = get(echarts());

        assertThat(library.getHeader("cache-control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(library.getHeader("content-type")).isEqualTo("text/javascript; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/\"other\", %s", "*"})
    void page_alreadyHeld_answersNotModified(String ifNoneMatch) {
        String etag = get("/").getHeader("etag");

        HttpResponse<Buffer> again = ask(HttpMethod.GET, "/", "If-None-Match", ifNoneMatch.formatted(etag));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isNull();
        assertThat(again.getHeader("etag")).isEqualTo(etag);
        assertThat(again.getHeader("cache-control")).isEqualTo("no-cache");
    }

    @Test
    void page_otherEtag_answersThePage() {
        assertThat(ask(HttpMethod.GET, "/", "If-None-Match", "W/\"other\"").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "br, gzip;q=0.5 | true",
                "GZIP | true",
                "* | true",
                "identity | false",
                "gzip;q=0 | false",
                "gzip; q=0.0, br | false"
            })
    void encoding_asAccepted_isUsed(String acceptEncoding, boolean gzip) throws IOException {
        HttpResponse<Buffer> answer = ask(HttpMethod.GET, "/assets/app.js", "Accept-Encoding", acceptEncoding);

        assertThat(answer.getHeader("vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.getHeader("content-encoding")).isEqualTo(gzip ? "gzip" : null);
        byte[] body = answer.body().getBytes();
        assertThat(gzip ? gunzip(body) : body)
                .isEqualTo(get("/assets/app.js").body().getBytes());
    }

    @Test
    void head_ofAPage_answersTheHeadersOnly() {
        HttpResponse<Buffer> head = ask(HttpMethod.HEAD, "/", "Accept-Encoding", "identity");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isNull();
        assertThat(head.getHeader("content-length"))
                .isEqualTo(Integer.toString(get("/").body().length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/nothing.js",
                "/assets/",
                "/assets",
                "/index.html",
                "/assets/../index.html",
                "/assets/../../dev/bandolier/server/http/Pages.class",
                "/assets/%2e%2e/%2e%2e/META-INF/MANIFEST.MF",
                "/assets/..%2f..%2fMETA-INF/MANIFEST.MF",
                "/assets/..\\..\\pom.xml",
                "/assets//etc/passwd"
            })
    void path_thatIsNoPage_isNotFound(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void post_toAPage_isNotAllowed() {
        assertThat(ask(HttpMethod.POST, "/", "Accept", "*/*").statusCode()).isEqualTo(405);
    }

    /// Everything reachable from the page by an address in it or an import, by path; fails on anything not served.
    private Map<String, String> crawl() {
        String page = get("/").bodyAsString();
        JsonObject imports = importMap(page);
        Map<String, String> served = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(
                ADDRESS.matcher(page).results().map(each -> each.group(1)).toList());
        while (!open.isEmpty()) {
            String path = open.pop();
            if (path.startsWith("/v1/") || served.containsKey(path)) {
                continue;
            }
            HttpResponse<Buffer> file = get(path);
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            served.put(path, file.bodyAsString());
            imported(path, file.bodyAsString(), imports).forEach(open::push);
        }
        return served;
    }

    private static JsonObject importMap(String page) {
        return new JsonObject(first(IMPORT_MAP, page)).getJsonObject("imports");
    }

    private static List<String> imported(String path, String text, JsonObject imports) {
        return !path.endsWith(".js") || path.contains("echarts")
                ? List.of()
                : IMPORT.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .map(statement -> resolve(path, first(IMPORT, statement), imports))
                        .toList();
    }

    private static String resolve(String importer, String specifier, JsonObject imports) {
        if (specifier.startsWith(".")) {
            return URI.create(importer).resolve(specifier).toString();
        }
        String folder = specifier.substring(0, specifier.lastIndexOf('/') + 1);
        String mapped = imports.getString(specifier);
        return mapped != null ? mapped : imports.getString(folder) + specifier.substring(folder.length());
    }

    private String echarts() {
        return ECHARTS.matcher(get("/").bodyAsString())
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }

    private HttpResponse<Buffer> get(String path) {
        return ask(HttpMethod.GET, path, "Accept", "*/*");
    }

    private HttpResponse<Buffer> ask(HttpMethod method, String path, String header, String value) {
        return client.request(method, port, "127.0.0.1", path)
                .putHeader(header, value)
                .timeout(10_000)
                .send()
                .await();
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .map(match -> match.group(1))
                .orElseThrow();
    }

    private static byte[] gunzip(byte[] packed) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        }
    }
}
