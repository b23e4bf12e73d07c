package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Limits;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonObject;

/// The JSON form of the limits of a definition: fields of the definition itself.
final class LimitsJson {

    private static final double HOLDOUT_MAX = 0.95;
    private static final double HOLDOUT_DEFAULT = 0.05;

    /// A new arm that is given less than this learns nothing in a lifetime.
    private static final double CEILING_MIN = 0.001;

    private static final int WARM_UP_MAX = 100_000;

    /// How far the floors may exceed the sum 1 by rounding.
    private static final double ROUNDING = 1e-9;

    private static final Limits NONE = new Limits(0, 1, 0, 1, 0);

    private LimitsJson() {}

    /// The share of units that is held out.
    static double holdout(Fields in) {
        return in.number("holdout", 0, HOLDOUT_MAX, HOLDOUT_DEFAULT);
    }

    /// The limits in these fields of a definition; none, if one of them was refused. A default gives way to what was
    /// written.
    static Limits read(Fields in, int armsWritten, double holdout) {
        int arms = Math.max(armsWritten, 1);
        Limits usual = Limits.defaults(arms, holdout > 0);
        double floor = in.number("floor", 0, 1.0 / arms, usual.floor());
        double ceiling = in.number("ceiling", 1.0 / arms, 1, usual.ceiling());
        double controlFloor = controlFloor(in, (arms - 1) * floor, ceiling, usual.controlFloor());
        double newArmCeiling = in.number("newArmCeiling", CEILING_MIN, 1, Math.max(usual.newArmCeiling(), floor));
        if (newArmCeiling < floor) {
            in.refuse("newArmCeiling", "must not be below the floor, " + floor);
        }
        int warmUp = in.whole("warmUp", 0, WARM_UP_MAX).map(Math::toIntExact).orElse(usual.warmUp());
        return in.clean() ? new Limits(floor, ceiling, controlFloor, newArmCeiling, warmUp) : NONE;
    }

    private static double controlFloor(Fields in, double others, double ceiling, double usual) {
        double floor = in.number("controlFloor", 0, 1, Math.clamp(1 - others, 0, Math.min(usual, ceiling)));
        if (floor + others > 1 + ROUNDING) {
            in.refuse("controlFloor", "and the floors of the other arms are " + (floor + others) + ", more than 1");
        } else if (floor > ceiling) {
            in.refuse("controlFloor", "must not be above the ceiling, " + ceiling);
        }
        return floor;
    }

    /// Adds the limits to the JSON object of their definition.
    static void write(JsonObject json, Limits limits) {
        json.put("floor", limits.floor())
                .put("ceiling", limits.ceiling())
                .put("controlFloor", limits.controlFloor())
                .put("newArmCeiling", limits.newArmCeiling())
                .put("warmUp", limits.warmUp());
    }
}
