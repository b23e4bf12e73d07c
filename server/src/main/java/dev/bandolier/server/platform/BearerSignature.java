package dev.bandolier.server.platform;

import java.util.List;

/// The secret itself as a token of the header `Authorization` (RFC 6750): proof enough where TLS protects what is sent,
/// but of who sent it only, not of what.
final class BearerSignature implements Signature {

    private static final String HEADER = "Authorization";
    private static final String SCHEME = "Bearer ";

    @Override
    public void check(Delivery delivery, List<String> secrets) {
        String header = Proof.header(delivery, HEADER);
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Proof.wrong("the header " + HEADER + " must be " + SCHEME + "and the secret of this source");
        }
        List<String> sent = List.of(header.substring(SCHEME.length()));
        if (secrets.stream().filter(secret -> !secret.isEmpty()).noneMatch(secret -> Proof.fits(sent, secret))) {
            throw Proof.wrong("no valid secret of this source is the token in " + HEADER);
        }
    }

    /// Every header: nobody but who knows the secret gets a delivery accepted, and TLS keeps others from changing it.
    @Override
    public boolean covers(String header) {
        return true;
    }
}
