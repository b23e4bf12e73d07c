package dev.bandolier.server.experiments;

import dev.bandolier.bandits.simulation.Foresight;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.wire.Bench;
import dev.bandolier.server.wire.Line;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;

/// Where previews are worked out: one at a time, because each takes a processor for about a second.
public final class Previews {

    private final Register register;
    private final Board board;
    private final Bench bench;
    private final Line line;

    /// Previews of what this register would create.
    ///
    /// @param board      experiments that there are
    /// @param bench      where they are computed
    /// @param waitingMax requests that may wait for their turn
    public Previews(Register register, Board board, Bench bench, int waitingMax) {
        this.register = register;
        this.board = board;
        this.bench = bench;
        this.line = new Line("previews", waitingMax);
    }

    /// What a preview comes to.
    ///
    /// @throws Problem 422 naming what cannot be created or computed, 503 if too many wait
    JsonObject of(Preview asked) {
        Preview preview = new Preview(register.checked(asked.definition()), asked.prospects(), asked.effect());
        Set<String> taken =
                board.all().stream().map(live -> live.experiment().key()).collect(Collectors.toSet());
        return line.take(() -> bench.compute(() -> answer(preview, taken)));
    }

    private static JsonObject answer(Preview preview, Set<String> taken) {
        Foresight foresight = new Foresight(preview.definition(), preview.prospects());
        try {
            return PreviewJson.write(preview, foresight.loss(), foresight.learning(preview.effect()))
                    .put("warnings", new Cautions(preview, taken).json());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw Problem.field(
                    "traffic",
                    "and the definition are too extreme beside each other to compute anything from (" + e.getMessage()
                            + ")");
        }
    }
}
