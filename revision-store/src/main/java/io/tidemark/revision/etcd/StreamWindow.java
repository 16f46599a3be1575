package io.tidemark.revision.etcd;

import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/** What the client of a stream of HTTP/2 has room for, RFC 9113 section 5.2. On the stream's event loop. */
final class StreamWindow {
    private final Http2ConnectionHandler connection;
    private final int stream;

    /**
     * @param connection of HTTP/2
     * @param stream its number
     */
    StreamWindow(HttpConnection connection, int stream) {
        this.connection = (Http2ConnectionHandler)
                ((HttpServerConnection) connection).channelHandlerContext().handler();
        this.stream = stream;
    }

    /** Bytes of DATA that may go out before the client says that it took some; none when the stream is closed. */
    int bytes() {
        Http2Stream found = connection.connection().stream(stream);
        return found == null
                ? 0
                : Math.max(0, connection.encoder().flowController().windowSize(found));
    }
}
