package io.tidemark.audit.diff;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes as they are found, within {@link DiffLimits}. */
final class ChangeList {
    private static final int PREFIX_CHARS = 200;

    private final DiffLimits limits;
    private final List<FieldChange> found = new ArrayList<>();
    private int omitted;

    ChangeList(DiffLimits limits) {
        this.limits = limits;
    }

    void changed(PathText path, Slices before, int i, Slices after, int j) {
        if (hasRoom()) {
            found.add(new FieldChange(path.toString(), render(before, i), render(after, j)));
        }
    }

    void removed(PathText path, Slices before, int index) {
        if (hasRoom()) {
            found.add(new FieldChange(path.toString(), render(before, index), null));
        }
    }

    void added(PathText path, Slices after, int index) {
        if (hasRoom()) {
            found.add(new FieldChange(path.toString(), null, render(after, index)));
        }
    }

    void add(String path, @Nullable String beforeJson, @Nullable String afterJson) {
        if (hasRoom()) {
            found.add(new FieldChange(path, beforeJson, afterJson));
        }
    }

    Changes done() {
        return found.isEmpty() ? Changes.NONE : new Changes(found, omitted);
    }

    private boolean hasRoom() {
        if (found.size() < limits.changes()) {
            return true;
        }
        omitted++;
        return false;
    }

    private String render(Slices slices, int index) {
        return render(slices.text, slices.start(index), slices.end(index));
    }

    private String render(JsonText text, int start, int end) {
        return end - start <= limits.valueBytes() ? text.raw(start, end) : cut(text, start, end);
    }

    private static String cut(JsonText text, int start, int end) {
        String whole = text.bytes[start] == '"' ? text.string(start, end) : text.raw(start, end);
        int length = Math.min(PREFIX_CHARS, whole.length());
        if (Character.isHighSurrogate(whole.charAt(length - 1))) {
            length--;
        }
        StringBuilder json = new StringBuilder(PREFIX_CHARS + 128);
        PathText.quote(
                whole.substring(0, length) + "… (" + (end - start) + " bytes, sha256:" + sha256(text.bytes, start, end)
                        + ")",
                json);
        return json.toString();
    }

    private static String sha256(byte[] bytes, int start, int end) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, start, end - start);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
