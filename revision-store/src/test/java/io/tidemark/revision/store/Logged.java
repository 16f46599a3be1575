package io.tidemark.revision.store;

import io.tidemark.revision.machine.Transaction;
import java.util.List;

/** Transactions as they come from a log, all of one time. */
final class Logged {
    private Logged() {}

    static List<Committed> of(Transaction... transactions) {
        return of(List.of(transactions));
    }

    static List<Committed> of(List<? extends Transaction> transactions) {
        return transactions.stream()
                .map(transaction -> new Committed(transaction, 1))
                .toList();
    }
}
