package dev.bandolier.loadtest.api;

import io.vertx.core.json.JsonObject;

/// What the server decided for one visitor.
///
/// @param arm    key of the arm to show
/// @param reason why this arm: `allocated`, `sticky`, `holdout`, `fallback`, `preview` ...
public record Decision(String arm, String reason) {

    /// The decision in an answer to `POST /v1/decisions`.
    ///
    /// @throws CommandFailure if the answer has no arm or no reason
    static Decision of(JsonObject json) {
        String arm = json.getString("arm");
        String reason = json.getString("reason");
        if (arm == null || reason == null) {
            throw new CommandFailure("the server answered a decision without " + (arm == null ? "arm" : "reason"));
        }
        return new Decision(arm, reason);
    }

    /// Whether the decision is on the server's record, so that what it earns can be learned from.
    public boolean recorded() {
        return switch (reason) {
            case "allocated", "sticky", "holdout" -> true;
            default -> false;
        };
    }
}
