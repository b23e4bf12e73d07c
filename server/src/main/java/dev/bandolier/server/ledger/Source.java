package dev.bandolier.server.ledger;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/// Who may report conversions by webhook, and how its deliveries are verified and read.
///
/// @param id        number by which its secrets refer to it; never used again
/// @param key       name given by its owner: the last part of the address, and source of its conversions
/// @param kind      platform, by its name in the API
/// @param enabled   whether its deliveries are accepted
/// @param options   what the owner wrote down; never changed in place
/// @param secrets   all that are stored, the oldest first; some may have expired
/// @param revision  counts every change, also of its secrets, from 1
/// @param createdAt when it was first stored
/// @param changedAt when its revision last grew
public record Source(
        long id,
        String key,
        String kind,
        boolean enabled,
        JsonObject options,
        List<SourceSecret> secrets,
        long revision,
        Instant createdAt,
        Instant changedAt) {

    /// What stands for a source where conversions came over the API: no key of one.
    public static final String API = "api";

    /// A source with these secrets, which are copied.
    public Source {
        secrets = List.copyOf(secrets);
    }

    /// The secrets that deliveries may be signed with at this time, the oldest first.
    public List<SourceSecret> validAt(Instant time) {
        return secrets.stream().filter(each -> each.validAt(time)).toList();
    }

    /// This source with only these of its secrets.
    public Source with(List<SourceSecret> some) {
        return new Source(id, key, kind, enabled, options, some, revision, createdAt, changedAt);
    }
}
