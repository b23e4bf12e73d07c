package dev.bandolier.server.platform;

/// A delivery that is refused as a whole: nothing of it is stored.
public final class RefusedDelivery extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    /// A refusal with what exactly is wrong, in words that give nothing of a secret, a signature or a unit away.
    public RefusedDelivery(Refusal refusal, String detail) {
        super(detail, null, false, false);
        this.refusal = refusal;
    }

    /// Why.
    public Refusal refusal() {
        return refusal;
    }
}
