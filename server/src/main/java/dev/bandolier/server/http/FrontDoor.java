package dev.bandolier.server.http;

import dev.bandolier.server.Settings;
import dev.bandolier.server.decide.DecideRoutes;
import dev.bandolier.server.report.LiveRoutes;
import dev.bandolier.server.wire.Body;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Gzip;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Problems;
import dev.bandolier.server.wire.Reply;
import dev.bandolier.server.wire.Workroom;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One event loop's door: asks are taken before any routing, everything else goes through the router to the workroom.
///
/// Deployed once per event loop; all instances share the port.
public final class FrontDoor extends VerticleBase {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Settings.Http settings;
    private final Function<Vertx, DecideRoutes> decide;
    private final Function<Vertx, LiveRoutes> live;
    private final List<Endpoint> endpoints;
    private final Pages pages;
    private final Workroom workroom;
    private final Door door;

    /// Tells the port that the first instance was given, if any free one was asked for.
    @FunctionalInterface
    public interface Door {
        /// Called on each instance's event loop when it listens.
        void open(int port);
    }

    /// The door to these rooms.
    ///
    /// @param decide    makes the route of asks on an event loop
    /// @param live      makes the route of the feed on an event loop
    /// @param endpoints everything else
    /// @param door      told the port
    public FrontDoor(
            Settings.Http settings,
            Function<Vertx, DecideRoutes> decide,
            Function<Vertx, LiveRoutes> live,
            List<Endpoint> endpoints,
            Pages pages,
            Workroom workroom,
            Door door) {
        this.settings = settings;
        this.decide = decide;
        this.live = live;
        this.endpoints = endpoints;
        this.pages = pages;
        this.workroom = workroom;
        this.door = door;
    }

    @Override
    public Future<?> start() {
        DecideRoutes asks = decide.apply(vertx);
        LiveRoutes feed = live.apply(vertx);
        Router router = Router.router(vertx);
        router.route().handler(FrontDoor::refuseOtherSites);
        endpoints.forEach(endpoint -> mount(router, endpoint));
        pages.mount(router);
        router.route().last().handler(ctx -> Body.write(ctx.response(), nothingHere(ctx.request())));
        router.route().failureHandler(ctx -> answer(ctx, cause(ctx)));
        // A path that cannot be decoded meets no route, and so no failure handler.
        router.errorHandler(400, ctx -> answer(ctx, Problem.malformed("the path or the query cannot be decoded")));
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxHeaderSize(settings.headerBytesMax())
                .setIdleTimeout(settings.idleSeconds())
                .setTcpNoDelay(true));
        return server.requestHandler(request -> {
                    if (HttpMethod.POST.equals(request.method()) && DecideRoutes.PATH.equals(request.path())) {
                        asks.handle(request);
                    } else if (HttpMethod.GET.equals(request.method()) && LiveRoutes.PATH.equals(request.path())) {
                        feed.handle(request);
                    } else {
                        router.handle(request);
                    }
                })
                .listen()
                .onSuccess(listening -> door.open(listening.actualPort()));
    }

    /// Refuses what a page of another site sends by the browser of somebody who may reach this server: such a page needs
    /// no permission to send, only to read. Browsers say so; senders that are none say nothing.
    private static void refuseOtherSites(RoutingContext ctx) {
        boolean changes = !SAFE.contains(ctx.request().method());
        if (changes && "cross-site".equals(ctx.request().getHeader("Sec-Fetch-Site"))) {
            ctx.fail(Problem.of(403, "Forbidden", "a page of another site may not change anything here"));
        } else {
            ctx.next();
        }
    }

    private void mount(Router router, Endpoint endpoint) {
        router.route(endpoint.method(), endpoint.path())
                .handler(ctx -> Body.read(ctx.request(), settings.bodyBytesMax())
                        .compose(body -> {
                            Call call = new Call(
                                    ctx.pathParams(),
                                    map(ctx.queryParams()),
                                    map(ctx.request().headers()),
                                    body);
                            return workroom.run(() -> answered(endpoint, call));
                        })
                        .onSuccess(reply -> Body.write(ctx.response(), reply))
                        .onFailure(failure -> answer(ctx, endpoint.failing().failed(ctx.pathParams(), failure))));
    }

    /// What the work answers; reports and lists, which are mostly names of fields, in a tenth of their bytes.
    private Reply answered(Endpoint endpoint, Call call) {
        Reply reply = endpoint.work().answer(call.atMostDeep(settings.jsonDepthMax()));
        return endpoint.method().equals(HttpMethod.GET) ? Gzip.fitting(reply, call.header("accept-encoding")) : reply;
    }

    private static void answer(RoutingContext ctx, Throwable failure) {
        Body.write(ctx.response(), Problems.reply(failure));
    }

    private static Throwable cause(RoutingContext ctx) {
        return ctx.failure() != null
                ? ctx.failure()
                : Problem.of(ctx.statusCode(), "The request was refused", "status " + ctx.statusCode());
    }

    /// 405 where another method would find something, else 404.
    private Reply nothingHere(HttpServerRequest request) {
        String methods = methods(request.path());
        if (methods.isEmpty()) {
            return Problems.reply(
                    Problem.notFound("there is nothing at " + request.path() + "; /openapi.yaml says what there is"));
        }
        String detail = request.path() + " takes " + methods + ", not " + request.method();
        return Problems.reply(Problem.of(405, "Method not allowed", detail)).with("Allow", methods);
    }

    /// The methods that a path takes, as the header `Allow` lists them.
    private String methods(String path) {
        return switch (path) {
            case DecideRoutes.PATH -> "POST";
            case LiveRoutes.PATH -> "GET";
            default ->
                endpoints.stream()
                        .filter(each -> matches(each.path(), path))
                        .map(each -> each.method().name())
                        .collect(Collectors.joining(", "));
        };
    }

    private static boolean matches(String pattern, String path) {
        return path.matches(pattern.replaceAll(":[a-z]+", "[^/]+"));
    }

    private static Map<String, String> map(MultiMap values) {
        Map<String, String> map = new HashMap<>();
        values.forEach(entry -> map.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
        return map;
    }
}
