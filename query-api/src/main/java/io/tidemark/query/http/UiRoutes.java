package io.tidemark.query.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the UI: {@code /ui/...} from this build, {@code /webjars/...} from the libraries, and the one page for
 * every address that the UI routes by itself. Files are read once and kept; what does not exist is not remembered.
 */
final class UiRoutes {
    /** Addresses of the UI's pages; the page itself reads the rest of the address. */
    private static final List<String> PAGES = List.of("/", "/search", "/live", "/watch", "/health", "/o/*", "/user/*");

    private static final String UI = "ui/";
    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9_@][A-Za-z0-9_@.-]*(/[A-Za-z0-9_@][A-Za-z0-9_@.-]*)*");
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json",
            "map", "application/json",
            "png", "image/png",
            "woff2", "font/woff2",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    private record Asset(Buffer body, String tag) {}

    void mount(Router router) {
        for (String page : PAGES) {
            route(router, page).handler(context -> serve(context, UI + "index.html", "no-cache"));
        }
        route(router, "/ui/*").handler(context -> file(context, "/ui/", UI, "no-cache"));
        // the version is part of the address
        route(router, "/webjars/*")
                .handler(context -> file(context, "/webjars/", WEBJARS, "public, max-age=31536000, immutable"));
    }

    private static Route route(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void file(RoutingContext context, String prefix, String folder, String caching) {
        String path = context.normalizedPath();
        String name = path.length() > prefix.length() ? path.substring(prefix.length()) : "";
        if (!PLAIN.matcher(name).matches() || name.contains("..")) {
            Endpoints.refuse(context, Problem.notFound("no file " + path));
            return;
        }
        serve(context, folder + name, caching);
    }

    private void serve(RoutingContext context, String resource, String caching) {
        Asset asset = assets.get(resource);
        if (asset == null) {
            Optional<Asset> loaded = load(resource);
            if (loaded.isEmpty()) {
                Endpoints.refuse(context, Problem.notFound("no file " + context.normalizedPath()));
                return;
            }
            asset = loaded.get();
            assets.put(resource, asset);
        }
        HttpServerResponse response = context.response()
                .putHeader("ETag", asset.tag())
                .putHeader("Cache-Control", caching)
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (asset.tag().equals(context.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", type(resource)).end(asset.body());
    }

    private static String type(String resource) {
        return TYPES.getOrDefault(resource.substring(resource.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static Optional<Asset> load(String resource) {
        try (InputStream in = UiRoutes.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            return Optional.of(new Asset(Buffer.buffer(bytes), tag(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + resource + " cannot be read", e);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
