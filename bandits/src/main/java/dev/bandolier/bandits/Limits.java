package dev.bandolier.bandits;

import java.util.Arrays;
import java.util.List;

/// What a policy may do with the share of an arm, as the owner of an experiment says it; [Bounds] are what that comes to
/// for the arms that are live (`methods.md` 3.2).
///
/// @param floor         least share of every live arm, in [0, ceiling]: what nobody is served, nobody learns about
/// @param ceiling       greatest share of an arm, in (0, 1]; 1 leaves that to the floors of the others
/// @param controlFloor  least share of the control, in [0, ceiling]; below `floor` it says nothing
/// @param newArmCeiling greatest share of an arm that joined while others were serving and has fewer than
///                      [#NEW_ARM_EXPOSURES], in (0, 1]; a wide belief at the mean of the leader would draw 37 % of all
///                      units (`methods.md` 1.1)
/// @param warmUp        mature exposures of every live arm before the policy is asked, not negative; five conversions for
///                      each live arm do as well (`methods.md` 1.1). An arm that was added later is not waited for,
///                      unless all live ones were
public record Limits(double floor, double ceiling, double controlFloor, double newArmCeiling, int warmUp) {

    /// Mature exposures with which an arm is no longer new.
    public static final int NEW_ARM_EXPOSURES = 200;

    private static final double CONTROL_FLOOR = 0.05;
    private static final double NEW_ARM_CEILING = 0.1;
    private static final int WARM_UP = 100;

    /// One live arm, as limits see it.
    ///
    /// @param control whether it is the one that the others are compared with
    /// @param joined  whether it joined a running experiment and is still new there
    public record LiveArm(boolean control, boolean joined) {}

    /// Refuses shares out of range and floors above the ceiling.
    public Limits {
        checkShare("ceiling", ceiling, 1);
        checkShare("new-arm ceiling", newArmCeiling, 1);
        checkShare("floor", floor, ceiling);
        checkShare("control floor", controlFloor, ceiling);
        if (ceiling == 0 || newArmCeiling == 0) {
            throw new IllegalArgumentException("a ceiling of 0 leaves an arm nothing; pause it instead");
        }
        if (warmUp < 0) {
            throw new IllegalArgumentException("warm-up of " + warmUp + " exposures is negative");
        }
    }

    /// The limits of an experiment whose owner named none: a floor of 2 %, less with more than ten arms; for control 5 %
    /// unless a holdout stands in for it; no ceiling but 10 % for new arms; a warm-up of 100.
    ///
    /// @param heldOut whether a holdout gets control outside the allocation
    public static Limits defaults(int arms, boolean heldOut) {
        return new Limits(Math.min(0.02, 0.2 / arms), 1, heldOut ? 0 : CONTROL_FLOOR, NEW_ARM_CEILING, WARM_UP);
    }

    /// The bounds for these live arms, at least one, in their order. There always are some; where the limits contradict
    /// each other:
    ///
    /// - floors that sum to more than 1 shrink in proportion;
    /// - the ceiling of new arms protects the others, and does not hold if all live arms are new;
    /// - if ceilings sum to less than 1, arms that are not new have none.
    public Bounds bounds(List<LiveArm> arms) {
        boolean established = arms.stream().anyMatch(arm -> !arm.joined());
        double[] floors = floors(arms);
        double[] ceilings = new double[floors.length];
        for (int i = 0; i < ceilings.length; i++) {
            boolean capped = established && arms.get(i).joined();
            ceilings[i] = Math.max(floors[i], capped ? Math.min(ceiling, newArmCeiling) : ceiling);
        }
        if (Arrays.stream(ceilings).sum() < 1) {
            for (int i = 0; i < ceilings.length; i++) {
                ceilings[i] = established && arms.get(i).joined() ? ceilings[i] : 1;
            }
        }
        return Bounds.of(floors, ceilings);
    }

    private double[] floors(List<LiveArm> arms) {
        double[] floors = arms.stream()
                .mapToDouble(arm -> arm.control() ? Math.max(floor, controlFloor) : floor)
                .toArray();
        double sum = Arrays.stream(floors).sum();
        for (int i = 0; i < floors.length; i++) {
            floors[i] /= Math.max(sum, 1);
        }
        return floors;
    }

    private static void checkShare(String name, double share, double most) {
        if (!(share >= 0 && share <= most)) {
            throw new IllegalArgumentException(name + " " + share + " is not between 0 and " + most);
        }
    }
}
