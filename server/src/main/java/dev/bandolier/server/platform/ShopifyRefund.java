package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Items;
import dev.bandolier.server.platform.Payload.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// What went back in money by one refund of Shopify: the sum of its transactions that succeeded. Goods that came back
/// without money are no refund.
///
/// @param amount   the sum
/// @param currency of the transactions, if they say so
/// @param test     whether all of them, at least one, were tests
record ShopifyRefund(BigDecimal amount, Optional<Found> currency, boolean test) {

    /// Where transactions stand.
    static final String PLACE = "/transactions";

    /// The refund that an event tells of.
    ///
    /// @throws UnsoundEvent if its transactions are none, or of several currencies
    static ShopifyRefund of(Event event) {
        int count = event.find(PLACE).map(ShopifyRefund::count).orElse(0);
        ShopifyRefund sum = new ShopifyRefund(BigDecimal.ZERO, Optional.empty(), false);
        boolean first = true;
        for (int i = 0; i < count; i++) {
            String at = PLACE + "/" + i;
            if (says(event, at + "/kind", "refund") && says(event, at + "/status", "success")) {
                boolean test = event.find(at + "/test").map(Found::flag).orElse(false);
                sum = sum.plus(event, at, first ? test : sum.test && test);
                first = false;
            }
        }
        return sum;
    }

    private static int count(Found transactions) {
        if (transactions.value() instanceof Items(List<Payload> items)) {
            return items.size();
        }
        throw new UnsoundEvent(transactions.place(), "must be an array");
    }

    private static boolean says(Event event, String pointer, String text) {
        return event.find(pointer).map(Found::value).equals(Optional.of(new Text(text)));
    }

    private ShopifyRefund plus(Event event, String at, boolean test) {
        BigDecimal part = event.require(Selector.at(at + "/amount"), "is required: what went back")
                .decimal();
        Optional<Found> code = event.find(at + "/currency");
        if (currency.isPresent() && !currency.map(Report::code).equals(code.map(Report::code))) {
            throw new UnsoundEvent(
                    event.place(Selector.at(at + "/currency")), "differs from the currency of the first transaction");
        }
        return new ShopifyRefund(amount.add(part), code, test);
    }
}
