package dev.bandolier.server.platform;

import java.util.List;

/// What the deliveries of a platform mean.
@FunctionalInterface
public interface Dialect {

    /// The events of a delivery that is known to be genuine, in their order.
    ///
    /// @throws RefusedDelivery if it cannot be read at all
    List<Heard> read(Delivery delivery);
}
