package dev.bandolier.server.receive;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.DecisionTokens;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.OriginKeys;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.UnitKeys;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/// From the texts of one request to what they stand for: units and origins become keys, tokens the decisions that they
/// name.
///
/// Confined to the thread of the request, as what makes the keys is.
final class Claims {

    private final byte[] secret;
    private final Instant now;
    private final int unitCharactersMax;

    // Made when a claim first needs one: each costs hashes, and hardly a request needs all.
    private UnitKeys units;
    private DecisionTokens tokens;
    private OriginKeys origins;

    /// The claims of a request that arrived now.
    ///
    /// @param secret            secret of the server
    /// @param unitCharactersMax longest name of a unit
    Claims(byte[] secret, Instant now, int unitCharactersMax) {
        this.secret = secret;
        this.now = now;
        this.unitCharactersMax = unitCharactersMax;
    }

    /// When the request arrived.
    Instant now() {
        return now;
    }

    /// A conversion that somebody reports over the API.
    ///
    /// @throws Problem 422 naming every field that is wrong
    Known reported(JsonObject report) {
        return known(Source.API, Claim.read(report, now, unitCharactersMax));
    }

    /// A conversion that a platform delivers, perhaps again.
    ///
    /// @param source key of the source
    /// @throws Problem 422 naming every field that is wrong
    Known delivered(String source, JsonObject event) {
        return known(source, Claim.readNamed(event, now, unitCharactersMax));
    }

    private Known known(String source, Claim claim) {
        Optional<Decision> decision = claim.token()
                .map(token -> decision(token)
                        .orElseThrow(() -> Problem.field("decision", "is not a decision token of this server")));
        Optional<UnitKey> unit = claim.unit().map(this::unit);
        if (unit.isPresent()
                && decision.isPresent()
                && !unit.get().equals(decision.get().unit())) {
            throw Problem.field("unit", "is not the unit of the decision");
        }
        Conversion conversion = new Conversion(
                source,
                claim.id(),
                claim.metric(),
                unit.or(() -> decision.map(Decision::unit)),
                decision.map(Decision::key),
                claim.value(),
                claim.currency(),
                claim.at(),
                now,
                claim.reverses(),
                claim.origin().map(this::origin));
        return new Known(conversion, decision);
    }

    private Optional<Decision> decision(String token) {
        tokens = tokens == null ? new DecisionTokens(secret) : tokens;
        return tokens.read(token);
    }

    private UnitKey unit(String name) {
        units = units == null ? new UnitKeys(secret) : units;
        return units.of(name);
    }

    private OriginKey origin(String name) {
        origins = origins == null ? new OriginKeys(secret) : origins;
        return origins.of(name);
    }
}
