package io.tidemark.audit.fact;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Query parameters of a requestURI. */
final class RequestUri {
    private RequestUri() {}

    /** The first value of a parameter, decoded; empty when it is not there. */
    static String parameter(String uri, String name) {
        int query = uri.indexOf('?');
        if (query < 0) {
            return "";
        }
        int at = query + 1;
        while (at < uri.length()) {
            int end = uri.indexOf('&', at);
            end = end < 0 ? uri.length() : end;
            int equals = uri.indexOf('=', at);
            if (equals >= 0 && equals < end && uri.startsWith(name, at) && equals - at == name.length()) {
                return decode(uri.substring(equals + 1, end));
            }
            at = end + 1;
        }
        return "";
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // the client sent a broken escape; shown as it came
        }
    }
}
