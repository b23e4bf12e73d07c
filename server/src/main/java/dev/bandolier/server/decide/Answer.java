package dev.bandolier.server.decide;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.DecisionTokens;
import dev.bandolier.bandits.Experiment;
import java.util.Optional;

/// The arm served in one experiment, and why.
///
/// @param experiment the experiment
/// @param arm        the arm
/// @param reason     why
/// @param decision   the decision that stands; nothing if none was recorded
record Answer(Experiment experiment, Arm arm, Reason reason, Optional<Decision> decision) {

    /// Control, unrecorded.
    static Answer control(Experiment experiment, Reason reason) {
        return new Answer(experiment, experiment.definition().control(), reason, Optional.empty());
    }

    /// Appends the JSON of this answer. Keys are names of a fixed alphabet and the payload is JSON already, so nothing
    /// needs
    /// escaping: this is written a thousand times a second.
    void write(StringBuilder out, DecisionTokens tokens) {
        out.append("{\"experiment\":\"").append(experiment.key());
        out.append("\",\"arm\":\"").append(arm.key());
        out.append("\",\"payload\":").append(arm.payload());
        out.append(",\"control\":").append(arm.control());
        out.append(",\"reason\":\"").append(reason.text()).append('"');
        if (decision.isPresent()) {
            Decision stands = decision.get();
            out.append(",\"propensity\":").append(stands.propensity());
            out.append(",\"version\":").append(stands.version());
            out.append(",\"decision\":\"").append(tokens.mint(stands)).append('"');
        } else {
            out.append(",\"propensity\":null,\"version\":null,\"decision\":null");
        }
        out.append('}');
    }
}
