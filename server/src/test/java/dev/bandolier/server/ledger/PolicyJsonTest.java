package dev.bandolier.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.KlUcb;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Softmax;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.TopTwo;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Policies survive being written down, and what is wrong with one is said by its field.
final class PolicyJsonTest {

    private static final Objective CONVERSIONS = Objective.conversion("purchase", Duration.ofDays(7));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'thompson'}",
                "{'kind':'top-two','beta':0.25}",
                "{'kind':'epsilon-greedy','epsilon':0.1,'least':0.1}",
                "{'kind':'epsilon-greedy','epsilon':1.0,'least':0.02,'halving':5000.0}",
                "{'kind':'softmax'}",
                "{'kind':'softmax','temperature':0.01}",
                "{'kind':'bayes-ucb'}",
                "{'kind':'kl-ucb','c':3.0}",
                "{'kind':'fixed','shares':{'a':0.9,'b':0.1}}",
                "{'kind':'uniform'}",
            })
    void write_whatWasRead_isTheSame(String text) {
        JsonObject json = json(text);

        assertThat(PolicyJson.write(read(json), CONVERSIONS)).isEqualTo(json);
    }

    @Test
    void read_parametersLeftOut_takesTheDefaults() {
        assertThat(read(json("{}"))).isEqualTo(new Thompson());
        assertThat(read(json("{'kind':'top-two'}"))).isEqualTo(new TopTwo(0.5));
        assertThat(read(json("{'kind':'softmax'}"))).isEqualTo(Softmax.pooled());
        assertThat(read(json("{'kind':'kl-ucb'}"))).isEqualTo(new KlUcb(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'kind':'oracle'} | kind",
                "{'kind':'ucb1'} | kind",
                "{'kind':'thompson','beta':1} | beta",
                "{'kind':'top-two','beta':0} | beta",
                "{'kind':'top-two','beta':1.5} | beta",
                "{'kind':'epsilon-greedy','epsilon':0.1,'least':0.2} | least",
                "{'kind':'epsilon-greedy','halving':0} | halving",
                "{'kind':'softmax','temperature':0} | temperature",
                "{'kind':'kl-ucb','c':-1} | c",
                "{'kind':'fixed'} | shares",
                "{'kind':'fixed','shares':{'a':0}} | shares",
                "{'kind':'fixed','shares':{'a':1,'z':1}} | shares",
                "{'kind':'fixed','shares':{'a':1,'b':-1}} | shares.b",
                "{'kind':'fixed','shares':{'a':1,'b':'half'}} | shares.b",
                "{'kind':'fixed','shares':{'a':1,'b':null}} | shares.b",
            },
            quoteCharacter = '"')
    void read_outOfRange_isRefusedByItsField(String text, String field) {
        Problem refused = catchThrowableOfType(Problem.class, () -> read(json(text)));

        assertThat(refused.errors()).extracting(Problem.FieldError::field).contains(field);
    }

    @ParameterizedTest
    @CsvSource({"EUR,0.07,7", "EUR,2.5,250", "EUR,0.29,29", "JPY,250,250", "JPY,0.5,0.5", "KWD,0.001,1"})
    void temperature_ofRevenue_isWrittenInMajorUnitsAndComparedInMinorOnes(
            String currency, double written, double compared) {
        Objective revenue = objective(Objective.Kind.REVENUE, currency);
        JsonObject json = json("{'kind':'softmax'}").put("temperature", written);

        Policy policy = read(json, revenue);

        assertThat(((Softmax) policy).temperature().orElseThrow()).isCloseTo(compared, within(1e-12 * compared));
        assertThat(PolicyJson.write(policy, revenue)).isEqualTo(json);
    }

    @ParameterizedTest
    @EnumSource(value = Objective.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "REVENUE")
    void temperature_ofWhatIsNotRevenue_isNotAnAmountWhateverTheCurrency(Objective.Kind kind) {
        assertThat(read(json("{'kind':'softmax','temperature':0.07}"), objective(kind, "EUR")))
                .isEqualTo(Softmax.fixed(0.07));
    }

    private static Objective objective(Objective.Kind kind, String currency) {
        return new Objective(
                "purchase", kind, Duration.ofDays(7), Optional.empty(), Optional.of(currency), 0.02, Optional.empty());
    }

    private static Policy read(JsonObject json) {
        return read(json, CONVERSIONS);
    }

    private static Policy read(JsonObject json, Objective objective) {
        Fields in = Fields.of(json);
        Policy policy = PolicyJson.read(in, objective);
        in.done();
        return policy;
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
