package dev.bandolier.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A definition comes back as it was written, with every default; what is wrong is refused by its path.
final class DefinitionJsonTest {

    @Test
    void definition_ofRequiredFieldsOnly_hasTheDefaultsOfAnExperimentWithoutHistory() {
        Definition read = read("{}");

        assertThat(read.objective()).isEqualTo(Objective.conversion("purchase", Duration.ofDays(7)));
        assertThat(read.policy()).isEqualTo(new Thompson());
        assertThat(read.prior()).isEqualTo(new Prior.UnitSuccess());
        assertThat(read.limits()).isEqualTo(new Limits(0.02, 1, 0, 0.1, 100));
        assertThat(read.drift()).isEqualTo(Drift.DEFAULT);
        assertThat(read.segments()).isEmpty();
        assertThat(read.holdout()).isEqualTo(0.05);
    }

    @Test
    void defaults_withoutAHoldoutOrWithHighFloors_giveWayToWhatWasWritten() {
        assertThat(read("{'holdout':0}").limits().controlFloor()).isEqualTo(0.05);
        assertThat(read("{'holdout':0,'floor':0.5}").limits()).isEqualTo(new Limits(0.5, 1, 0.05, 0.5, 100));
        assertThat(read("{'holdout':0,'ceiling':0.5}").limits()).isEqualTo(new Limits(0.02, 0.5, 0.05, 0.1, 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'objective':{'delay':'PT12H','currency':'EUR','cap':'250.00'}}",
                "{'objective':{'kind':'revenue','currency':'JPY','cap':250}}",
                "{'objective':{'kind':'count','baseline':3}}",
                "{'sticky':'none','objective':{'attribution':{'touch':'first','grace':'PT0S','crossExperiment':true}}}",
                "{'objective':{'currency':'EUR','attribution':{'orders':'first','rates':{'USD':0.920,'JPY':'0.00610',"
                        + "'VND':1000000}}}}",
                "{'policy':{'kind':'top-two','beta':0.4}}",
                "{'policy':{'kind':'epsilon-greedy','epsilon':0.2,'least':0.1,'halving':500}}",
                "{'policy':{'kind':'epsilon-greedy'}}",
                "{'policy':{'kind':'softmax'}}",
                "{'policy':{'kind':'softmax','temperature':0.01}}",
                "{'policy':{'kind':'bayes-ucb'}}",
                "{'policy':{'kind':'kl-ucb','c':1}}",
                "{'policy':{'kind':'fixed','shares':{'a':0.7,'b':0.3}}}",
                "{'policy':{'kind':'uniform'}}",
                "{'prior':{'kind':'informative','cv':0.2}}",
                "{'prior':{'kind':'warm-start','experiment':'old'}}",
                "{'prior':{'kind':'warm-start','arms':{'a':{'exposures':10,'conversions':2}},'exposuresMax':50}}",
                "{'objective':{'kind':'revenue','currency':'EUR'},'prior':{'kind':'warm-start','experiment':'old',"
                        + "'arms':{'b':{'exposures':10,'conversions':2,'orders':3,'value':'15300.00'}},'discount':1}}",
                "{'floor':0.1,'ceiling':0.6,'controlFloor':0.2,'newArmCeiling':0.3,'warmUp':0,'holdout':0}",
                "{'epochs':false,'halfLife':'P30D'}",
                "{'segments':{'attribute':'device','values':['mobile','desktop']}}"
            })
    void definition_writtenAndRead_isTheSame(String change) {
        Definition once = read(change);

        assertThat(DefinitionJson.read(new JsonObject(DefinitionJson.write(once).encode())))
                .isEqualTo(once);
    }

    @Test
    void amounts_inAnswers_haveTheDigitsOfTheirCurrency() {
        assertThat(written("{'objective':{'currency':'EUR','cap':250.5}}", "objective")
                        .getString("cap"))
                .isEqualTo("250.50");
        assertThat(written("{'objective':{'currency':'JPY','cap':'250'}}", "objective")
                        .getString("cap"))
                .isEqualTo("250");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {'key':''} | key
        {'objective':{'kind':'happiness'}} | objective.kind
        {'objective':{'window':'P91D'}} | objective.window
        {'objective':{'delay':'P8D'}} | objective.delay
        {'objective':{'delay':'PT0S'}} | objective.delay
        {'objective':{'delay':7}} | objective.delay
        {'objective':{'kind':'revenue'}} | objective.currency
        {'objective':{'currency':'EURO'}} | objective.currency
        {'objective':{'cap':250}} | objective.cap
        {'objective':{'currency':'EUR','cap':'250.001'}} | objective.cap
        {'objective':{'currency':'JPY','cap':250.5}} | objective.cap
        {'objective':{'currency':'EUR','cap':0}} | objective.cap
        {'objective':{'currency':'EUR','cap':-1}} | objective.cap
        {'objective':{'currency':'EUR','cap':1e10}} | objective.cap
        {'objective':{'attribution':{'touch':'first'}}} | objective.attribution.touch
        {'sticky':'none','objective':{'attribution':{'touch':'best'}}} | objective.attribution.touch
        {'objective':{'attribution':{'orders':'last'}}} | objective.attribution.orders
        {'objective':{'attribution':{'grace':'P91D'}}} | objective.attribution.grace
        {'objective':{'attribution':{'grace':'PT-1S'}}} | objective.attribution.grace
        {'objective':{'attribution':{'crossExperiment':'yes'}}} | objective.attribution.crossExperiment
        {'objective':{'attribution':{'rates':{'USD':1}}}} | objective.attribution.rates
        {'objective':{'currency':'EUR','attribution':{'rates':{'EUR':1}}}} | objective.attribution.rates.EUR
        {'objective':{'currency':'EUR','attribution':{'rates':{'USD':0}}}} | objective.attribution.rates.USD
        {'objective':{'currency':'EUR','attribution':{'rates':{'USD':'much'}}}} | objective.attribution.rates.USD
        {'objective':{'currency':'EUR','attribution':{'rates':{'USD':null}}}} | objective.attribution.rates.USD
        {'objective':{'currency':'EUR','attribution':{'rates':{'dollars':1}}}} | objective.attribution.rates.dollars
        {'objective':{'attribution':{'model':'first'}}} | objective.attribution.model
        {'objective':{'baseline':3}} | objective.baseline
        {'objective':{'kind':'count','baseline':0}} | objective.baseline
        {'objective':{'kind':'count','baseline':1e7}} | objective.baseline
        {'policy':{'kind':'oracle'}} | policy.kind
        {'policy':{'kind':'ucb1'}} | policy.kind
        {'policy':{'kind':'thompson','beta':1}} | policy.beta
        {'policy':{'kind':'top-two','beta':0}} | policy.beta
        {'policy':{'kind':'epsilon-greedy','epsilon':2}} | policy.epsilon
        {'policy':{'kind':'epsilon-greedy','epsilon':0.1,'least':0.2}} | policy.least
        {'policy':{'kind':'epsilon-greedy','halving':0}} | policy.halving
        {'policy':{'kind':'softmax','temperature':0}} | policy.temperature
        {'policy':{'kind':'kl-ucb','c':-1}} | policy.c
        {'policy':{'kind':'kl-ucb'},'objective':{'kind':'count'}} | policy.kind
        {'policy':{'kind':'kl-ucb'},'floor':0} | floor
        {'policy':{'kind':'bayes-ucb'},'floor':0} | floor
        {'policy':{'kind':'fixed'}} | policy.shares
        {'policy':{'kind':'fixed','shares':{'a':0.7,'b':0.2}}} | policy.shares
        {'policy':{'kind':'fixed','shares':{'a':1}}} | policy.shares.b
        {'policy':{'kind':'fixed','shares':{'a':'much','b':1}}} | policy.shares.a
        {'policy':{'kind':'fixed','shares':{'a':0.7,'b':0.2,'c':0.1}}} | policy.shares.c
        {'policy':{'kind':'fixed','shares':{'a':0.99,'b':0.01}}} | policy.shares.b
        {'policy':{'kind':'fixed','shares':{'a':0.04,'b':0.96}},'holdout':0} | policy.shares.a
        {'policy':{'kind':'fixed','shares':{'a':0.3,'b':0.7}},'ceiling':0.6} | policy.shares.b
        {'prior':{'kind':'improper'}} | prior.kind
        {'prior':{'kind':'informative','cv':0.01}} | prior.cv
        {'prior':{'kind':'warm-start'}} | prior.experiment
        {'prior':{'kind':'warm-start','experiment':'a b'}} | prior.experiment
        {'prior':{'kind':'warm-start','arms':{}}} | prior.arms
        {'prior':{'kind':'warm-start','arms':{'z':{'exposures':1,'conversions':0}}}} | prior.arms.z
        {'prior':{'kind':'warm-start','arms':{'a':{'conversions':1}}}} | prior.arms.a.exposures
        {'prior':{'kind':'warm-start','arms':{'a':{'exposures':1,'conversions':2}}}} | prior.arms.a.conversions
        {'prior':{'kind':'warm-start','arms':{'a':{'exposures':1.5,'conversions':0}}}} | prior.arms.a.exposures
        {'prior':{'kind':'warm-start','arms':{'a':{'exposures':9,'conversions':2,'orders':1}}}} | prior.arms.a.orders
        {'prior':{'kind':'warm-start','arms':{'a':{'exposures':9,'conversions':2,'value':1}}}} | prior.arms.a.value
        {'prior':{'kind':'warm-start','experiment':'old','discount':2}} | prior.discount
        {'prior':{'kind':'warm-start','experiment':'old','exposuresMax':0}} | prior.exposuresMax
        {'prior':{'kind':'warm-start','experiment':'old','exposuresMax':1000000001}} | prior.exposuresMax
        {'prior':{'kind':'warm-start','arms':{'a':{'exposures':1e9,'conversions':1000000001}}}} | prior.arms.a.conversions
        {'prior':{'kind':'warm-start','arms':{'a':{'exposures':1000000001,'conversions':1}}}} | prior.arms.a.exposures
        {'prior':{'kind':'warm-start','arms':{'a':{'exposures':9,'conversions':2,'orders':2e9}}}} | prior.arms.a.orders
        {'floor':0.6} | floor
        {'ceiling':0.4} | ceiling
        {'controlFloor':0.99} | controlFloor
        {'controlFloor':0.7,'ceiling':0.6} | controlFloor
        {'newArmCeiling':0} | newArmCeiling
        {'newArmCeiling':0.05,'floor':0.1} | newArmCeiling
        {'warmUp':-1} | warmUp
        {'warmUp':100001} | warmUp
        {'warmUp':1.5} | warmUp
        {'holdout':0.96} | holdout
        {'epochs':1} | epochs
        {'halfLife':'P13D'} | halfLife
        {'halfLife':'P9999D'} | halfLife
        {'segments':{'attribute':'device'}} | segments.values
        {'segments':{'values':['x']}} | segments.attribute
        {'segments':{'attribute':'device','values':['x','y','x']}} | segments.values[2]
        {'segments':{'attribute':'device','values':['x',7]}} | segments.values[1]
        {'segments':{'attribute':'device','values':['x','y','z','']}} | segments.values[3]
        {'segments':{'attribute':'device','values':['x'],'other':true}} | segments.other
        {'colour':'red'} | colour
        """)
    void definition_withAWrongField_isRefusedByItsPath(String change, String field) {
        Problem problem = catchThrowableOfType(Problem.class, () -> read(change));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors()).extracting(Problem.FieldError::field).contains(field);
        assertThat(problem.errors().getFirst().reason()).isNotBlank();
    }

    @Test
    void segments_tooManyOrTooLong_areRefusedByTheirPlace() {
        JsonArray many = new JsonArray();
        IntStream.range(0, 21).forEach(i -> many.add("segment " + i));
        JsonArray wide = new JsonArray().add("fine").add("x".repeat(101));

        assertThat(refused(segments(many))).containsExactly("segments.values");
        assertThat(refused(segments(wide))).containsExactly("segments.values[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'conversions':0,'value':'0.01'", "'conversions':2,'value':0"})
    void revenueHistory_whoseValueIsNotOfItsConversions_isRefusedByItsPath(String counts) {
        String change = "{'objective':{'kind':'revenue','currency':'EUR'},"
                + "'prior':{'kind':'warm-start','arms':{'a':{'exposures':9," + counts + "}}}}";

        assertThat(refused(json(change))).containsExactly("prior.arms.a.value");
    }

    @Test
    void revenueHistory_withoutItsValue_isRefusedByItsPath() {
        String change = "{'objective':{'kind':'revenue','currency':'EUR'},"
                + "'prior':{'kind':'warm-start','arms':{'a':{'exposures':9,'conversions':2}}}}";

        assertThat(refused(json(change))).containsExactly("prior.arms.a.value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {'holdout':2} | holdout
        {'name':7} | name
        {'colour':'red'} | colour
        {'policy':{'kind':'oracle'}} | policy.kind
        {'objective':{'baseline':3}} | objective.baseline
        {'objective':{'kind':'happiness'}} | objective.kind
        {'objective':{'currency':null}} | objective.currency
        {'objective':{'cap':0}} | objective.cap
        {'prior':{'cv':0.2}} | prior.cv
        {'prior':{'arms':{'a':{'exposures':0}}}} | prior.arms.a.exposures
        """)
    void revenue_withAHistoryAndOneWrongField_isRefusedByThatFieldAlone(String change, String field) {
        JsonObject revenue = json("{'objective':{'kind':'revenue','currency':'EUR'},'prior':{'kind':'warm-start',"
                + "'arms':{'a':{'exposures':9,'conversions':0,'value':0},"
                + "'b':{'exposures':9,'conversions':2,'value':'50'}}}}");

        assertThat(refused(revenue.mergeIn(new JsonObject(change.replace('\'', '"')), true)))
                .containsExactly(field);
    }

    @Test
    void definition_storedBeforeTheseFields_isReadable() {
        String stored = "{'name':'A','unit':'visitor','sticky':'unit','objective':{'kind':'conversion',"
                + "'window':'P7D','baseline':0.02},'policy':{'kind':'thompson'},'floor':0.5,'holdout':0}";

        assertThat(read(stored).limits().floor()).isEqualTo(0.5);
    }

    private static JsonObject segments(JsonArray values) {
        return json("{}")
                .put("segments", new JsonObject().put("attribute", "device").put("values", values));
    }

    private static JsonObject written(String change, String part) {
        return DefinitionJson.write(read(change)).getJsonObject(part);
    }

    private static List<String> refused(JsonObject json) {
        return catchThrowableOfType(Problem.class, () -> DefinitionJson.read(json)).errors().stream()
                .map(Problem.FieldError::field)
                .toList();
    }

    private static Definition read(String change) {
        return DefinitionJson.read(json(change));
    }

    /// Two arms and a metric, changed.
    private static JsonObject json(String change) {
        JsonObject base = new JsonObject("""
            {"key":"k","arms":[{"key":"a","control":true},{"key":"b"}],"objective":{"metric":"purchase"}}
            """);
        return base.mergeIn(new JsonObject(change.replace('\'', '"')), true);
    }
}
