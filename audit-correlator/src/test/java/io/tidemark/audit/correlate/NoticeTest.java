package io.tidemark.audit.correlate;

import static io.tidemark.audit.correlate.Events.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.audit.correlate.Events.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NoticeTest {
    private final Events map = new Events("configmaps", "features");

    private Request change(int version) {
        return map.request("patch", 200)
                .answers(object("ConfigMap", "uid", version, "", ",\"data\":{\"v\":\"" + version + "\"}"));
    }

    private SpanSet fed(Retention retention, Request... requests) {
        SpanSet set = new SpanSet(retention);
        for (Request request : requests) {
            set.feed(request.event());
        }
        return set;
    }

    @Test
    void tellsOfDuplicates() {
        Request request = change(11);
        SpanSet set = fed(Retention.of(Duration.ofMinutes(20), Duration.ofHours(2), 256, 1024), request, request);
        assertThat(set.notices).containsOnlyKeys(Notice.DUPLICATE).containsEntry(Notice.DUPLICATE, 1);
    }

    @Test
    void tellsWhichBoundMadeItForget() {
        Retention few = Retention.of(Duration.ofHours(1), Duration.ofHours(1), 2, 3);
        SpanSet byCount = fed(few, change(11), change(12), change(13), change(14), change(15));
        assertThat(byCount.notices)
                .containsEntry(Notice.BODY_TOO_MANY, 3)
                .containsEntry(Notice.ENTRY_TOO_MANY, 2)
                .hasSize(2);

        Retention brief = Retention.of(Duration.ofSeconds(2), Duration.ofSeconds(2), 100, 100);
        SpanSet byAge = fed(brief, change(21), change(22), change(23), change(24), change(25), change(26));
        assertThat(byAge.notices).containsOnlyKeys(Notice.BODY_TOO_OLD, Notice.ENTRY_TOO_OLD);
    }

    @Test
    void tellsOfWhatCameTooLate() {
        Retention brief = Retention.of(Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 2);
        Request early = change(31);
        SpanSet set = fed(brief, change(32), change(33), change(34), change(35), change(36), change(37), early);
        assertThat(set.notices).containsEntry(Notice.LATE, 1);
    }
}
