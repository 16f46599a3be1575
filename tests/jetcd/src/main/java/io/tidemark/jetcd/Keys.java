package io.tidemark.jetcd;

import static io.tidemark.jetcd.Asking.bytes;
import static io.tidemark.jetcd.Asking.done;
import static io.tidemark.jetcd.Asking.next;
import static io.tidemark.jetcd.Asking.refused;
import static io.tidemark.jetcd.Asking.text;
import static io.tidemark.jetcd.Asking.texts;

import io.etcd.jetcd.KV;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** KV and Watch. */
final class Keys {
    private final KV kv;
    private final Watch watch;
    private final Telling telling;

    Keys(KV kv, Watch watch, Telling telling) {
        this.kv = kv;
        this.watch = watch;
        this.telling = telling;
    }

    void readAndWrite() {
        for (String key : List.of("a", "b", "c")) {
            done(kv.put(bytes("kv/" + key), bytes(key)));
        }
        PutOption previous = PutOption.builder().withPrevKV().build();
        telling.tell(
                "put",
                text(done(kv.put(bytes("kv/a"), bytes("A"), previous))
                        .getPrevKv()
                        .getValue()));
        GetOption byValue = GetOption.builder()
                .isPrefix(true)
                .withSortField(GetOption.SortTarget.VALUE)
                .withSortOrder(GetOption.SortOrder.DESCEND)
                .withLimit(2)
                .build();
        GetResponse sorted = done(kv.get(bytes("kv/"), byValue));
        telling.tell("get", texts(sorted.getKvs()), sorted.getCount(), sorted.isMore());
        long revision = done(kv.get(bytes("kv/a"))).getKvs().getFirst().getModRevision();
        telling.tell(
                "get before",
                texts(done(kv.get(bytes("kv/a"), at(revision - 1))).getKvs()));
        DeleteOption prefix =
                DeleteOption.builder().isPrefix(true).withPrevKV(true).build();
        telling.tell("delete", texts(done(kv.delete(bytes("kv/b"), prefix)).getPrevKvs()));
        done(kv.compact(revision));
        telling.tell("compact", refused(kv.get(bytes("kv/a"), at(revision - 1))));
    }

    private static GetOption at(long revision) {
        return GetOption.builder().withRevision(revision).build();
    }

    void transact() {
        Op nested = Op.txn(
                new Cmp[] {new Cmp(bytes("kv/a"), Cmp.Op.EQUAL, CmpTarget.value(bytes("A")))},
                new Op[] {
                    Op.put(bytes("txn/b"), bytes("nested"), PutOption.DEFAULT),
                    Op.get(bytes("txn/b"), GetOption.DEFAULT)
                },
                new Op[] {Op.delete(bytes("txn/c"), DeleteOption.DEFAULT)});
        TxnResponse first = transact(nested);
        TxnResponse inner = first.getTxnResponses().getFirst();
        telling.tell(
                "txn",
                first.isSucceeded(),
                first.getPutResponses().size(),
                inner.isSucceeded(),
                texts(inner.getGetResponses().getFirst().getKvs()));
        TxnResponse second = transact(nested);
        telling.tell(
                "txn again",
                second.isSucceeded(),
                texts(second.getGetResponses().getFirst().getKvs()));
    }

    private TxnResponse transact(Op nested) {
        return done(kv.txn()
                .If(new Cmp(bytes("txn/a"), Cmp.Op.EQUAL, CmpTarget.version(0)))
                .Then(Op.put(bytes("txn/a"), bytes("1"), PutOption.DEFAULT), nested)
                .Else(Op.get(bytes("txn/a"), GetOption.DEFAULT))
                .commit());
    }

    void watch() {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        CompletableFuture<Boolean> created = new CompletableFuture<>();
        WatchOption option = WatchOption.builder()
                .isPrefix(true)
                .withPrevKV(true)
                .withCreateNotify(true)
                .build();
        Watch.Listener listener = Watch.listener(
                response -> {
                    if (response.isCreatedNotify()) {
                        created.complete(true);
                    }
                    response.getEvents().forEach(event -> told.add(line(event)));
                },
                created::completeExceptionally);
        try (Watch.Watcher watcher = watch.watch(bytes("watch/"), option, listener)) {
            done(created);
            done(kv.put(bytes("watch/a"), bytes("1")));
            done(kv.put(bytes("watch/a"), bytes("2")));
            done(kv.delete(bytes("watch/a")));
            telling.tell("watch", next(told), next(told), next(told), watcher.isClosed());
        }
    }

    private static String line(WatchEvent event) {
        return event.getEventType() + " " + text(event.getKeyValue().getKey()) + " after "
                + text(event.getPrevKV().getValue());
    }
}
