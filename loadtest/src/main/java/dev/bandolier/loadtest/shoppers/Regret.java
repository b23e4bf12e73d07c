package dev.bandolier.loadtest.shoppers;

import dev.bandolier.bandits.simulation.World;

/// What was lost, in expected conversions, by not showing everybody the arm that is truly best; and what an even
/// split would have lost with as many visitors.
///
/// This is the pseudo-regret of Bubeck and Cesa-Bianchi (2012), section 1: a sum of true rates, free of the luck of
/// the visitors.
final class Regret {

    private final World world;
    private final double evenSplit;

    private long visitors;
    private double lost;

    /// Nobody has come yet.
    Regret(World world) {
        this.world = world;
        double sum = 0;
        for (int arm = 0; arm < world.arms(); arm++) {
            sum += world.regret(arm);
        }
        this.evenSplit = sum / world.arms();
    }

    /// Counts one visitor who was shown an arm.
    void shown(int arm) {
        visitors++;
        lost += world.regret(arm);
    }

    /// Expected conversions lost so far.
    double lost() {
        return lost;
    }

    /// Expected conversions that an even split among all arms would have lost with these visitors.
    double lostByEvenSplit() {
        return visitors * evenSplit;
    }
}
