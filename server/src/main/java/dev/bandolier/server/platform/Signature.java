package dev.bandolier.server.platform;

import java.util.List;

/// How the deliveries of a platform prove that who sent them knows a secret of the source.
public interface Signature {

    /// Accepts a delivery, or refuses it; signatures are compared in constant time.
    ///
    /// @param secrets the secrets that are valid now, at least one, as their platform writes them; one that fits is enough
    /// @throws RefusedDelivery if none does, or it is too old or too new
    void check(Delivery delivery, List<String> secrets);

    /// Whether what it accepts has this header as the sender wrote it: one that is not covered can be changed by whoever
    /// sends a delivery again.
    ///
    /// @param header in lower case
    boolean covers(String header);
}
