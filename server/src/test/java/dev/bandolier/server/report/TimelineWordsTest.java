package dev.bandolier.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.Cause;
import dev.bandolier.server.ledger.TimelineLog.Kind;
import dev.bandolier.server.ledger.TimelineLog.Place;
import dev.bandolier.server.ledger.TimelineLog.Published;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The sentences of a timeline say no more than its numbers.
final class TimelineWordsTest {

    private static final Map<String, Double> SHARES = Map.of("a", 0.7, "b", 0.3);

    @ParameterizedTest
    @EnumSource(Cause.class)
    void sharesOverAll_thatStayWhereThereAreSegments_saysNothingOfThoseOfSegments(Cause cause) {
        assertThat(TimelineWords.sentence(published(cause, true, SHARES)))
                .contains("Over all, arms keep theirs")
                .doesNotContain("All arms keep their shares");
    }

    @Test
    void sharesThatStay_withoutSegments_areThoseOfAll() {
        assertThat(TimelineWords.sentence(published(Cause.DAY, false, SHARES)))
                .isEqualTo("A new day began: days are compared one by one. All arms keep their shares.");
    }

    @Test
    void sharesThatMove_areToldTheLargestFirst() {
        assertThat(TimelineWords.sentence(published(Cause.GUARDED, true, Map.of("a", 0.6, "b", 0.31, "c", 0.09))))
                .isEqualTo("A guardrail began or ceased to act. 'a' from 70.0% to 60.0%, 'b' from 30.0% to 31.0%.");
    }

    private static Published published(Snapshot.Cause cause, boolean segments, Map<String, Double> after) {
        Place place = new Place(Instant.parse("2026-11-21T10:00:00Z"), Kind.SNAPSHOT, 2);
        return new Published(place, 1, cause, segments, SHARES, after);
    }
}
