package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Amounts in every currency of ISO 4217, against shifting the decimal point in a text.
final class AmountsTest {

    /// Stripe's own list, from its documentation of currencies; all others have two decimals, or three.
    private static final Set<String> STRIPE_WITHOUT_DECIMALS = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    private static final Set<String> STRIPE_WITH_THREE = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    /// Kept with two decimals, although ISO 4217 knows none.
    private static final Set<String> STRIPE_WITH_TWO_ALL_THE_SAME = Set.of("ISK", "UGX", "HUF", "TWD");

    static Stream<Currency> currencies() {
        return Currency.getAvailableCurrencies().stream();
    }

    /// Seed 4217; exact, so there are no false alarms.
    @ParameterizedTest
    @MethodSource("currencies")
    void minorUnits_ofEveryCurrency_areTheDecimalsOfIso(Currency currency) {
        Random random = new Random(4217L + currency.getNumericCode());
        String options = "{\"events\":[{\"metric\":\"m\",\"minor\":true}]}";
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        for (long minor : amounts(random)) {
            String body = "{\"value\":" + minor + ",\"currency\":\"" + currency.getCurrencyCode() + "\"}";

            assertThat(heard(PlatformKind.JSON, options, body))
                    .isEqualTo("reported currency=" + currency.getCurrencyCode() + " metric=m value="
                            + shifted(minor, digits));
        }
    }

    /// The other way: the decimal as text and as number comes through digit by digit, and is so many minor units.
    @ParameterizedTest
    @MethodSource("currencies")
    void decimals_ofEveryCurrency_comeThroughExactly(Currency currency) {
        Random random = new Random(currency.getNumericCode());
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        for (long minor : amounts(random)) {
            String decimal = shifted(minor, digits);
            for (String written : List.of(decimal, "\"" + decimal + "\"")) {
                String line = heard(PlatformKind.JSON, "{}", "{\"value\":" + written + "}");

                assertThat(line).isEqualTo("reported value=" + decimal);
                assertThat(new BigDecimal(line.substring("reported value=".length())).movePointRight(digits))
                        .isEqualByComparingTo(BigDecimal.valueOf(minor));
            }
        }
    }

    @Test
    void amounts_ofStripe_haveItsDecimals() {
        List<String> known = new ArrayList<>(List.of("USD", "EUR", "GBP", "INR", "CHF"));
        known.addAll(STRIPE_WITHOUT_DECIMALS);
        known.addAll(STRIPE_WITH_THREE);
        known.addAll(STRIPE_WITH_TWO_ALL_THE_SAME);
        for (String code : known) {
            int digits = STRIPE_WITHOUT_DECIMALS.contains(code) ? 0 : STRIPE_WITH_THREE.contains(code) ? 3 : 2;
            Sample sample = Sample.of("stripe-checkout-completed")
                    .with("/data/object/currency", code.toLowerCase(java.util.Locale.ROOT))
                    .with("/data/object/amount_total", 123_450);

            assertThat(sample.heard(PlatformKind.STRIPE, "{}").getFirst())
                    .endsWith(" value=" + shifted(123_450, digits));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "Infinity",
                "0x10",
                "1_000",
                "1,5",
                "1.2.3",
                "--1",
                "1e",
                "e1",
                "1e41",
                "1e-40",
                "1e2147483648",
                "1e-2147483649",
                "1e99999999999999999999"
            })
    void text_thatIsNoAmount_isNone(String text) {
        assertThat(Amounts.decimal(text)).isEmpty();
        assertThat(Amounts.whole(new Payload.Text(text))).isEmpty();
    }

    @Test
    void whole_ofADecimal_needsNoRest() {
        assertThat(Amounts.whole(new Payload.Numeral("12.00"))).contains(BigInteger.valueOf(12));
        assertThat(Amounts.whole(new Payload.Numeral("1.2e1"))).contains(BigInteger.valueOf(12));
        assertThat(Amounts.whole(new Payload.Text("12"))).contains(BigInteger.valueOf(12));
        assertThat(Amounts.whole(new Payload.Numeral("12.5"))).isEmpty();
        assertThat(Amounts.whole(new Payload.Flag(true))).isEmpty();
    }

    private static List<Long> amounts(Random random) {
        List<Long> amounts =
                new ArrayList<>(List.of(0L, 1L, 5L, 9L, 10L, 99L, 100L, 999L, 1000L, 4990L, 100_000_000_000L));
        for (int i = 0; i < 20; i++) {
            amounts.add(Math.floorMod(random.nextLong(), 100_000_000_000L));
        }
        return amounts;
    }

    /// By text, which shares nothing with decimals: the digits, and a point so many from the right.
    private static String shifted(long minor, int digits) {
        String text = String.valueOf(minor);
        if (digits == 0) {
            return text;
        }
        String padded = "0".repeat(Math.max(0, digits + 1 - text.length())) + text;
        return padded.substring(0, padded.length() - digits) + "." + padded.substring(padded.length() - digits);
    }

    private static String heard(PlatformKind kind, String options, String body) {
        return Sample.line(Sample.dialect(kind, options)
                .read(Sample.delivery(Map.of(), body))
                .getFirst());
    }
}
