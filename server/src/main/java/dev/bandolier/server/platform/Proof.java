package dev.bandolier.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/// What every scheme asks of the headers of a delivery, and how signatures are compared.
///
/// Signatures are compared as the texts they are sent as, never decoded: hexadecimal digits of the other case, unused
/// bits of base64 and missing padding are other texts, so that one signature can be written in one way only.
final class Proof {

    /// How many signatures of one header are looked at: many more than any rotation needs.
    static final int SIGNATURES_MAX = 16;

    private Proof() {}

    /// The value of a header that must be there and say something; its name as people write it.
    static String header(Delivery delivery, String name) {
        return delivery.header(name.toLowerCase(Locale.ROOT))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new RefusedDelivery(
                        Refusal.SIGNATURE_MISSING, "the header " + name + " is missing; this source needs it"));
    }

    /// The value of a header that is signed together with other things, which a separator parts from it.
    ///
    /// It must not hold the separator: else the end of one could be passed off as the beginning of the next, and the
    /// signature would still fit. Beyond ASCII it is unknown which bytes were signed.
    ///
    /// @param remedy what can be done about a separator in it; empty if nothing can
    static String signedHeader(Delivery delivery, String name, String separator, String remedy) {
        String value = header(delivery, name);
        if (value.contains(separator)) {
            throw wrong("the header " + name + " holds the separator of what is signed, so it does not say what was"
                    + remedy);
        }
        if (value.chars().anyMatch(each -> each < ' ' || each > '~')) {
            throw wrong("the header " + name + " holds characters other than printable ASCII");
        }
        return value;
    }

    /// Whether one of the signatures that were sent is the one that was made here. How long it takes tells nothing of
    /// either.
    static boolean fits(List<String> sent, String made) {
        byte[] expected = made.getBytes(StandardCharsets.UTF_8);
        boolean fits = false;
        for (String each : sent) {
            fits |= MessageDigest.isEqual(each.getBytes(StandardCharsets.UTF_8), expected);
        }
        return fits;
    }

    /// Refuses a delivery whose header holds no signature that a valid secret makes.
    static RefusedDelivery doesNotFit(String header) {
        return wrong("no valid secret of this source makes the signature in " + header + " of these bytes");
    }

    /// Refuses a delivery whose proof is none.
    static RefusedDelivery wrong(String detail) {
        return new RefusedDelivery(Refusal.SIGNATURE_WRONG, detail);
    }
}
