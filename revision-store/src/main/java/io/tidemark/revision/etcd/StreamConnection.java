package io.tidemark.revision.etcd;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/** The connection of HTTP/2 that a stream belongs to. On its event loop. */
final class StreamConnection {
    private final ChannelHandlerContext context;
    private final Http2ConnectionHandler connection;
    private final int stream;

    /**
     * @param connection of HTTP/2
     * @param stream its number
     */
    StreamConnection(HttpConnection connection, int stream) {
        this.context = ((HttpServerConnection) connection).channelHandlerContext();
        this.connection = (Http2ConnectionHandler) context.handler();
        this.stream = stream;
    }

    /**
     * Bytes of DATA that may go out before the client says that it took some, RFC 9113 section 5.2; none when the stream is
     * closed.
     */
    int window() {
        Http2Stream found = connection.connection().stream(stream);
        return found == null
                ? 0
                : Math.max(0, connection.encoder().flowController().windowSize(found));
    }

    /** What is to be done when all that the connection was handed before, by any stream, is written or never will be. */
    @SuppressWarnings("FutureReturnValueIgnored") // both outcomes are told
    void whenWritten(Runnable action) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> action.run());
    }
}
