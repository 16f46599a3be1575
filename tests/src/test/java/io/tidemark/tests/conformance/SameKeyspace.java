package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.AuthRoleGetRequest;
import io.tidemark.revision.etcd.proto.AuthRoleListRequest;
import io.tidemark.revision.etcd.proto.AuthUserGetRequest;
import io.tidemark.revision.etcd.proto.AuthUserListRequest;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.HashKVResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import java.util.List;

/** Whether two servers hold the same: keys and checksums at every revision, the history as a watch tells it, leases, users. */
final class SameKeyspace {
    private final EtcdEndpoint expected;
    private final EtcdEndpoint found;

    SameKeyspace(EtcdEndpoint expected, EtcdEndpoint found) {
        this.expected = expected;
        this.found = found;
    }

    void check() {
        assertThat(revision(found)).isEqualTo(revision(expected));
        checkUpTo(revision(expected));
        checkWatch();
        checkLeasesAndUsers();
    }

    private static long revision(EtcdEndpoint endpoint) {
        byte[] answer = bytes(endpoint, Ask.everything().build());
        return Ask.parsed(RangeResponse.parser(), answer).getHeader().getRevision();
    }

    /** Keys and checksums. The expected one may have gone on. */
    void checkUpTo(long last) {
        // of revisions that it compacted itself etcd tells checksums that it remembers, of what is gone
        long compacted = hash(expected).getCompactRevision();
        assertThat(hash(found).getCompactRevision()).isEqualTo(compacted);
        for (long revision = 0; revision <= last; revision++) {
            long at = revision == 0 ? last : revision;
            check(Ask.everything().setRevision(at).build(), "keys at " + at);
            if (at > compacted) {
                check(HashKVRequest.newBuilder().setRevision(at).build(), "checksum at " + at);
            }
        }
    }

    private static HashKVResponse hash(EtcdEndpoint endpoint) {
        byte[] answer = bytes(endpoint, HashKVRequest.newBuilder().build());
        return Ask.parsed(HashKVResponse.parser(), answer);
    }

    /** From revisions that can be read. */
    private void checkWatch() {
        HashKVResponse hash = hash(expected);
        long first = Math.max(1, hash.getCompactRevision());
        for (long revision = first; revision <= hash.getHashRevision(); revision += 7) {
            check(
                    WatchCases.watch(WatchCases.from(revision, "\0", Ask.OPEN).setPrevKv(true)),
                    "watch from " + revision);
        }
    }

    private void checkLeasesAndUsers() {
        for (Message request : List.of(
                Ask.leases().build(),
                Ask.timeToLive(7).setKeys(true).build(),
                AuthUserListRequest.getDefaultInstance(),
                AuthRoleListRequest.getDefaultInstance(),
                AuthUserGetRequest.newBuilder().setName("alice").build(),
                AuthRoleGetRequest.newBuilder().setRole("reader").build())) {
            check(request, request.getDescriptorForType().getName());
        }
    }

    private void check(Message request, String what) {
        assertThat(withoutHeader(answer(found, request))).as(what).isEqualTo(withoutHeader(answer(expected, request)));
    }

    private static Object withoutHeader(Reply reply) {
        if (!(reply instanceof Reply.Replied replied)) {
            return reply;
        }
        Message message = replied.message();
        FieldDescriptor header = message.getDescriptorForType().findFieldByName("header");
        return header == null ? message : message.toBuilder().clearField(header).build();
    }

    private static byte[] bytes(EtcdEndpoint endpoint, Message request) {
        Answer answer = endpoint.call(Call.of(request).method().path(), request.toByteArray());
        assertThat(answer).isInstanceOf(Answer.Bytes.class);
        return ((Answer.Bytes) answer).message();
    }

    private static Reply answer(EtcdEndpoint endpoint, Message request) {
        return new Session(endpoint).reply(Call.of(request));
    }
}
