package io.tidemark.tests.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP/1.1 connection that is kept alive; a client library would cost more than what is measured. */
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 120_000;
    private static final int OK = 200;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    HttpConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** An answer's status and body. */
    record Answer(int status, String body) {
        boolean ok() {
            return status == OK;
        }
    }

    Answer get(String path) throws IOException {
        head("GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n");
        return answer();
    }

    Answer post(String path, byte[] body, int length) throws IOException {
        head("POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n");
        out.write(body, 0, length);
        out.flush();
        return answer();
    }

    private void head(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Answer answer() throws IOException {
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                throw new IOException("expected an answer with a length, found " + header);
            }
        }
        byte[] body = in.readNBytes(length);
        return new Answer(Integer.parseInt(status.substring(9, 12)), new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
