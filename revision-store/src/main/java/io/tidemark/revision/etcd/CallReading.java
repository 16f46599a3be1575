package io.tidemark.revision.etcd;

import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reads.Reading;
import io.tidemark.revision.store.View;
import java.util.function.Consumer;

/**
 * A read that answers a call.
 *
 * @param reading what is done with the view, which it closes
 */
record CallReading(Call call, Consumer<View> reading) implements Reading {
    @Override
    public void from(View view) {
        call.served();
        reading.accept(view);
    }

    @Override
    public void failed(Failure failure) {
        call.fail(failure);
    }
}
