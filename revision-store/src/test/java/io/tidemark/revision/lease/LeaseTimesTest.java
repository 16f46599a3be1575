package io.tidemark.revision.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.machine.Lease;
import org.junit.jupiter.api.Test;

class LeaseTimesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Lease SHORT = new Lease(7, 2);
    private static final Lease LONG = new Lease(-3, 60);

    private final LeaseTimes times = new LeaseTimes();

    @Test
    void aLeaseIsDueWhenItsTimeIsOverAndOnce() {
        times.start(SHORT, 0);
        times.start(LONG, 0);

        assertThat(times.due(2 * SECOND - 1, 10)).isEmpty();
        assertThat(times.due(2 * SECOND, 10)).containsExactly(SHORT);
        assertThat(times.due(3 * SECOND, 10)).isEmpty();
        assertThat(times.due(60 * SECOND, 10)).containsExactly(LONG);
    }

    @Test
    void renewedItLivesAsLongAgain() {
        times.start(SHORT, 0);

        assertThat(times.renew(SHORT.id(), SECOND)).hasValue(2);
        assertThat(times.left(SHORT.id(), SECOND)).hasValue(2);
        assertThat(times.due(2 * SECOND, 10)).isEmpty();
        assertThat(times.due(3 * SECOND, 10)).containsExactly(SHORT);
    }

    @Test
    void whileItsEndIsAskedForItCannotBeRenewedAndIsStillThere() {
        times.start(SHORT, 0);
        times.due(2 * SECOND, 10);

        assertThat(times.renew(SHORT.id(), 2 * SECOND)).isEmpty();
        assertThat(times.left(SHORT.id(), 5 * SECOND)).hasValue(0);
        times.ended(SHORT.id());
        assertThat(times.left(SHORT.id(), 5 * SECOND)).isEmpty();
        assertThat(times.size()).isZero();
    }

    @Test
    void anEndThatCouldNotBeLoggedIsAskedForAgain() {
        times.start(SHORT, 0);
        times.due(2 * SECOND, 10);
        times.again(SHORT.id());

        assertThat(times.due(2 * SECOND, 10)).containsExactly(SHORT);
    }

    @Test
    void manyThatEndTogetherArePaced() {
        for (long id = 1; id <= 25; id++) {
            times.start(new Lease(id, 2), id);
        }

        assertThat(times.due(5 * SECOND, 10)).hasSize(10).first().isEqualTo(new Lease(1, 2));
        assertThat(times.due(5 * SECOND, 10)).hasSize(10);
        assertThat(times.due(5 * SECOND, 10)).hasSize(5);
    }

    @Test
    void theyAreToldByTheirEnd() {
        times.start(LONG, 0);
        times.start(SHORT, 0);
        times.start(new Lease(9, 9_000_000_000L), 0);

        assertThat(times.byEnd()).extracting(Lease::id).containsExactly(7L, -3L, 9L);
    }

    @Test
    void oneThatWasGrantedAnewUnderItsIdHasItsOwnTime() {
        times.start(SHORT, 0);
        times.ended(SHORT.id());
        times.start(new Lease(SHORT.id(), 60), SECOND);

        assertThat(times.due(2 * SECOND, 10)).isEmpty();
        assertThat(times.due(61 * SECOND, 10)).hasSize(1);
    }
}
