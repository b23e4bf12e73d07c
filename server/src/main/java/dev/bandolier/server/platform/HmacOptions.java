package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the option `signature` of a platform that has no scheme of its own: `"bearer"`, or an object that says how an
/// HMAC is made.
final class HmacOptions {

    private static final String BEARER = "bearer";
    private static final int SIGNED_MAX = 8;
    private static final int PREFIX_MAX = 50;
    private static final List<String> SEPARATORS = List.of(".", "\n");

    /// A name of a header (RFC 9110, section 5.6.2).
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    private HmacOptions() {}

    /// Whether the secret itself is sent.
    static boolean isBearer(Fields options) {
        if (!options.isText("signature")) {
            return false;
        }
        if (!options.text("signature").equals(BEARER)) {
            options.refuse("signature", "must be \"bearer\", or an object that says how an HMAC is made");
        }
        return true;
    }

    /// The HMAC; what is left out has its default: HMAC-SHA256 of the body, in hexadecimal digits in `X-Signature`.
    static HmacSignature read(Fields options) {
        Fields in = options.object("signature");
        HmacSignature.Form form = form(in);
        List<String> signed = signed(in, form.header());
        Optional<String> timestamp = in.optionalText("timestamp").map(HmacOptions::lower);
        if (timestamp.isPresent()
                && (timestamp.get().equals(HmacSignature.BODY) || !signed.contains(timestamp.get()))) {
            in.refuse("timestamp", "must be one of the headers in signed: else anybody can set it");
        }
        String separator = in.optionalText("separator").orElse(".");
        if (!SEPARATORS.contains(separator)) {
            in.refuse("separator", "must be a full stop or a line feed");
        }
        in.nothingElse();
        if (timestamp.isEmpty()) {
            Tolerance.refuse(options, "name the header that holds it in signature.signed and signature.timestamp");
        }
        return new HmacSignature(
                form,
                signed,
                separator,
                timestamp.map(header -> new HmacSignature.Time(header, Tolerance.of(options))));
    }

    private static HmacSignature.Form form(Fields in) {
        String header = in.optionalText("header").orElse("X-Signature");
        if (!NAME.matcher(header).matches()) {
            in.refuse("header", "is no name of a header");
        }
        Optional<HmacAlgorithm> algorithm =
                HmacAlgorithm.of(in.optionalText("algorithm").orElse("hmac-sha256"));
        if (algorithm.isEmpty()) {
            in.refuse("algorithm", "must be hmac-sha256, hmac-sha1 or hmac-sha512");
        }
        Optional<HmacEncoding> encoding =
                HmacEncoding.of(in.optionalText("encoding").orElse("hex"));
        if (encoding.isEmpty()) {
            in.refuse("encoding", "must be hex or base64");
        }
        String prefix = in.optionalText("prefix").orElse("");
        if (prefix.length() > PREFIX_MAX) {
            in.refuse("prefix", "must have at most " + PREFIX_MAX + " characters");
        }
        return new HmacSignature.Form(
                header, algorithm.orElse(HmacAlgorithm.SHA256), encoding.orElse(HmacEncoding.HEX), prefix);
    }

    private static List<String> signed(Fields in, String header) {
        if (!in.has("signed")) {
            return List.of(HmacSignature.BODY);
        }
        List<String> signed =
                in.texts("signed").stream().map(HmacOptions::lower).toList();
        if (!signed.contains(HmacSignature.BODY)) {
            in.refuse("signed", "must hold \"body\": else anybody can send any");
        }
        if (signed.size() > SIGNED_MAX || new HashSet<>(signed).size() < signed.size()) {
            in.refuse("signed", "must hold at most " + SIGNED_MAX + " different names");
        }
        if (!signed.stream().allMatch(each -> NAME.matcher(each).matches()) || signed.contains(lower(header))) {
            in.refuse("signed", "must hold names of headers and \"body\", not the header of the signature itself");
        }
        return signed;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
