package dev.bandolier.server.decide;

/// Why an arm is served.
enum Reason {
    /// It was drawn now, and the decision is committed.
    ALLOCATED("allocated"),
    /// It is what this unit was given before.
    STICKY("sticky"),
    /// The unit is held out, and always gets control.
    HOLDOUT("holdout"),
    /// The ask named it.
    FORCED("forced"),
    /// The ask wanted to know, not to record.
    PREVIEW("preview"),
    /// Storage did not answer in time: control. If it was slow and not away, what was drawn may be on record all the same.
    FALLBACK("fallback"),
    /// The kill switch is engaged: control for everybody, unrecorded.
    KILLED("killed"),
    /// The unit did not agree to be counted: control, unrecorded.
    NO_CONSENT("no-consent"),
    /// The experiment is a draft, paused or ended: control, unrecorded.
    NOT_RUNNING("not-running"),
    /// No live arm is eligible, or the unit's own arm is not: control, unrecorded.
    NOT_ELIGIBLE("not-eligible");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
