package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statistical tests here refuse p < 1e-4: a new salt or a new set of units fails one of them falsely with that
/// probability.
final class DrawTest {

    private static final int UNITS = 1_000_000;
    private static final double P_LEAST = 1e-4;

    /// The reference vectors of xxHash 0.8.2 for 16 and 24 bytes of its test buffer, without seed and with its 64-bit
    /// prime.
    @ParameterizedTest
    @CsvSource({
        "16, 0000000000000000, 981B17D36C7498C9",
        "16, 9E3779B185EBCA8D, 663F29333B4DB6B1",
        "24, 0000000000000000, A3FE70BF9D3510EB",
        "24, 9E3779B185EBCA8D, 850E80FC35BDD690",
    })
    void fraction_referenceVector_agrees(int length, String seed, String hash) {
        ByteBuffer bytes = ByteBuffer.wrap(referenceBuffer(length));
        Draw draw = new Draw(Long.parseUnsignedLong(seed, 16));
        UnitKey unit = new UnitKey(bytes.getLong(), bytes.getLong());
        double fraction = bytes.hasRemaining() ? draw.fraction(unit, bytes.getLong()) : draw.fraction(unit);

        assertThat(fraction).isEqualTo((Long.parseUnsignedLong(hash, 16) >>> 11) * 0x1p-53);
    }

    @Test
    void fraction_anyUnit_isTheHashOfItsBigEndianBytes() {
        RandomGenerator random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            long salt = random.nextLong();
            UnitKey unit = new UnitKey(random.nextLong(), random.nextLong());
            byte[] bytes = ByteBuffer.allocate(16)
                    .putLong(unit.high())
                    .putLong(unit.low())
                    .array();

            assertThat(new Draw(salt).fraction(unit))
                    .isEqualTo((Hashing.xxh3_64(salt).hashBytesToLong(bytes) >>> 11) * 0x1p-53);
        }
    }

    @Test
    void fraction_anyOccasion_isTheHashOfAllTwentyFourBytes() {
        RandomGenerator random = new SplittableRandom(2);
        for (int i = 0; i < 1000; i++) {
            long salt = random.nextLong();
            UnitKey unit = new UnitKey(random.nextLong(), random.nextLong());
            long occasion = random.nextLong();
            byte[] bytes = ByteBuffer.allocate(24)
                    .putLong(unit.high())
                    .putLong(unit.low())
                    .putLong(occasion)
                    .array();

            assertThat(new Draw(salt).fraction(unit, occasion))
                    .isEqualTo((Hashing.xxh3_64(salt).hashBytesToLong(bytes) >>> 11) * 0x1p-53);
        }
    }

    @Test
    void armAt_millionUnits_meetsTheAllocation() {
        Allocation allocation = Allocation.of(0.02, 0.08, 0.3, 0.45, 0.15);
        Draw draw = new Draw(42);
        double[] expected =
                Arrays.stream(allocation.probabilities()).map(p -> p * UNITS).toArray();
        long[] counted = new long[allocation.arms()];
        for (int i = 0; i < UNITS; i++) {
            counted[allocation.armAt(draw.fraction(unit(i)))]++;
        }

        assertThat(chiSquareP(counted, expected)).isGreaterThan(P_LEAST);
    }

    @Test
    void armAt_millionOccasionsOfOneUnit_meetsTheAllocation() {
        Allocation allocation = Allocation.of(0.02, 0.08, 0.3, 0.45, 0.15);
        Draw draw = new Draw(43);
        double[] expected =
                Arrays.stream(allocation.probabilities()).map(p -> p * UNITS).toArray();
        long[] counted = new long[allocation.arms()];
        for (int i = 0; i < UNITS; i++) {
            counted[allocation.armAt(draw.fraction(unit(7), i))]++;
        }

        assertThat(chiSquareP(counted, expected)).isGreaterThan(P_LEAST);
    }

    /// Neighbouring salts, because they are the most likely to betray a weak mixing.
    @Test
    void fraction_twoSalts_areIndependent() {
        int parts = 16;
        Draw one = new Draw(1);
        Draw two = new Draw(2);
        long[] counted = new long[parts * parts];
        for (int i = 0; i < UNITS; i++) {
            int row = (int) (one.fraction(unit(i)) * parts);
            int column = (int) (two.fraction(unit(i)) * parts);
            counted[row * parts + column]++;
        }
        double[] expected = new double[counted.length];
        Arrays.fill(expected, (double) UNITS / counted.length);

        assertThat(chiSquareP(counted, expected)).isGreaterThan(P_LEAST);
    }

    @Test
    void fraction_sameUnitAndSalt_isAlwaysTheSame() {
        assertThat(new Draw(9).fraction(unit(5))).isEqualTo(new Draw(9).fraction(unit(5)));
        assertThat(new Draw(9).fraction(unit(5))).isNotEqualTo(new Draw(10).fraction(unit(5)));
    }

    @Test
    void draw_ofAnArm_allocatesNothing() {
        Allocation allocation = Allocation.uniform(10);
        Draw draw = new Draw(3);
        UnitKey unit = unit(1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long drawn = drawMany(allocation, draw, unit);
        long before = threads.getCurrentThreadAllocatedBytes();
        drawn += drawMany(allocation, draw, unit);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(drawn).isPositive();
        assertThat(bytes).as("bytes for 200,000 draws").isLessThan(100_000);
    }

    private static long drawMany(Allocation allocation, Draw draw, UnitKey unit) {
        long sum = 0;
        for (int i = 0; i < 100_000; i++) {
            sum += allocation.armAt(draw.fraction(unit)) + allocation.armAt(draw.fraction(unit, i));
        }
        return sum;
    }

    private static UnitKey unit(int number) {
        return new UnitKey(0, number);
    }

    private static double chiSquareP(long[] counted, double[] expected) {
        double sum = 0;
        for (int i = 0; i < counted.length; i++) {
            double difference = counted[i] - expected[i];
            sum += difference * difference / expected[i];
        }
        return ChiSquaredDistribution.of(counted.length - 1.0).survivalProbability(sum);
    }

    /// The test buffer of xxHash: the top bytes of PRIME32 times powers of PRIME64.
    private static byte[] referenceBuffer(int length) {
        byte[] bytes = new byte[length];
        long generator = 2_654_435_761L;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (generator >>> 56);
            generator *= 0x9E3779B185EBCA8DL;
        }
        return bytes;
    }
}
