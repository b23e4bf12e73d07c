package dev.bandolier.server.receive;

import dev.bandolier.server.ledger.RefusalTable.Refused;
import java.util.ArrayList;
import java.util.List;

/// A few of the refusals since it was last emptied, for whoever has to mend them.
///
/// Strangers can have deliveries to a source refused as often as they like, for a handful of reasons, so each reason of
/// each source has places of its own: what its owner has to mend is not crowded out. Open to all threads.
final class Sample {

    /// The most refusals.
    static final int MAX = 100;

    /// The most of one source.
    static final int OF_SOURCE_MAX = 20;

    /// The most of one source for one reason.
    static final int OF_REASON_MAX = 3;

    private final List<Refused> refusals = new ArrayList<>();

    /// Keeps a refusal, if there is room.
    synchronized void note(Refused refused) {
        List<Refused> ofSource = refusals.stream()
                .filter(each -> each.source().equals(refused.source()))
                .toList();
        long ofReason = ofSource.stream()
                .filter(each -> each.reason().equals(refused.reason()))
                .count();
        if (refusals.size() < MAX && ofSource.size() < OF_SOURCE_MAX && ofReason < OF_REASON_MAX) {
            refusals.add(refused);
        }
    }

    /// Takes all out, in the order in which they came.
    synchronized List<Refused> drained() {
        List<Refused> taken = List.copyOf(refusals);
        refusals.clear();
        return taken;
    }
}
