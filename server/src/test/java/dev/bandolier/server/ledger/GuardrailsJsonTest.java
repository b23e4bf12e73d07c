package dev.bandolier.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Guardrails.Budget;
import dev.bandolier.bandits.Guardrails.Harm;
import dev.bandolier.bandits.Guardrails.Ramp;
import dev.bandolier.bandits.Guardrails.Unit;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Guardrails come back as they were written, with every default; what is wrong is refused by its path.
final class GuardrailsJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'guardrails':null}", "{'guardrails':{}}"})
    void guardrails_thatNobodyNamed_areTheDefaultOnes(String change) {
        assertThat(read(change).guardrails()).isEqualTo(Guardrails.DEFAULT);
    }

    @Test
    void budget_ofRevenueThatNobodyNamed_isMoney() {
        Definition revenue = read("{'objective':{'kind':'revenue','currency':'EUR'}}");

        Budget budget = revenue.guardrails().budget().orElseThrow();
        assertThat(budget.unit()).isEqualTo(Unit.MONEY);
        assertThat(budget.total()).isEmpty();
        assertThat(budget.certainty()).isEqualTo(0.5);
        assertThat(written(revenue).getString("budget")).isEqualTo("default");
    }

    @Test
    void guardrails_writtenInFull_areReadAsTheyMean() {
        Guardrails read = read("{'objective':{'currency':'EUR'},'guardrails':{"
                        + "'harm':{'margin':0.1,'alpha':0.01,'window':'PT2H','form':'always-on'},"
                        + "'metrics':[{'metric':'refund','direction':'lower','margin':0.2}],"
                        + "'budget':{'amount':'500.00','daily':50,'worth':'49.90'},'strict':0.05,"
                        + "'ramp':[{'share':0.1,'hold':'PT1H','conversions':20},{'share':0.5}],"
                        + "'feed':false,'ratio':false,'originCap':7,'thawedAt':'2026-11-21T10:00:00Z'}}")
                .guardrails();

        assertThat(read.harm()).contains(new Harm(0.1, 0.01, Duration.ofHours(2), Guardrails.Form.ALWAYS_ON));
        assertThat(read.metrics()).containsExactly(new Guardrails.Metric("refund", Guardrails.Direction.LOWER, 0.2));
        assertThat(read.budget())
                .contains(new Budget(
                        Unit.MONEY, OptionalLong.of(50_000), OptionalLong.of(5_000), OptionalLong.of(4_990), 0.95));
        assertThat(read.strict()).hasValue(0.05);
        assertThat(read.ramp().stages())
                .containsExactly(
                        new Guardrails.Stage(0.1, Duration.ofHours(1), 20),
                        new Guardrails.Stage(0.5, Duration.ofDays(1), 0));
        assertThat(read.feed()).isFalse();
        assertThat(read.ratio()).isFalse();
        assertThat(read.originCap()).isEqualTo(7);
        assertThat(read.thawedAt()).contains(Instant.parse("2026-11-21T10:00:00Z"));
    }

    @Test
    void guardrails_switchedOff_areOff() {
        Definition off = read("{'guardrails':{'harm':'off','budget':'off','ramp':'none','feed':false,'ratio':false,"
                + "'originCap':'off'}}");

        assertThat(off.guardrails()).isEqualTo(Guardrails.NONE);
        assertThat(written(off).getString("harm")).isEqualTo("off");
        assertThat(written(off).getString("originCap")).isEqualTo("off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'objective':{'window':'PT2H'}}",
                "{'objective':{'kind':'revenue','currency':'EUR'}}",
                "{'objective':{'kind':'revenue','currency':'JPY'},'guardrails':{'budget':{'amount':500,'daily':50}}}",
                "{'objective':{'kind':'revenue','currency':'EUR'},'guardrails':{'budget':{'daily':'0.50'}}}",
                "{'objective':{'currency':'EUR'},'guardrails':{'budget':{'amount':'500.00','worth':'49.90'}}}",
                "{'objective':{'currency':'EUR'},'guardrails':{'budget':{'daily':'5.5','worth':1,'certainty':0.5}}}",
                "{'guardrails':{'budget':{'conversions':120,'daily':10,'certainty':0.9}}}",
                "{'guardrails':{'budget':{'daily':10}}}",
                "{'guardrails':{'budget':{'certainty':0.95}}}",
                "{'guardrails':{'budget':{}}}",
                "{'guardrails':{'budget':'default'}}",
                "{'guardrails':{'budget':'off','harm':'off','originCap':'off'}}",
                "{'guardrails':{'harm':{'margin':0,'alpha':0.5,'window':'PT90M','form':'always-on'}}}",
                "{'guardrails':{'metrics':[{'metric':'refund','direction':'lower','margin':5},"
                        + "{'metric':'click','direction':'higher'}]}}",
                "{'guardrails':{'strict':0.2,'ramp':'cautious','originCap':1}}",
                "{'guardrails':{'ramp':[{'share':0.05,'hold':'PT0S','conversions':3}]}}",
                "{'guardrails':{'ramp':[]}}",
                "{'guardrails':{'thawedAt':'2026-11-21T10:00:00.123456Z'}}"
            })
    void guardrails_writtenAndRead_areTheSame(String change) {
        Definition once = read(change);

        Definition again =
                DefinitionJson.read(new JsonObject(DefinitionJson.write(once).encode()));

        assertThat(again.guardrails()).isEqualTo(once.guardrails());
        assertThat(DefinitionJson.write(again)).isEqualTo(DefinitionJson.write(once));
    }

    @Test
    void amounts_inAnswers_haveTheDigitsOfTheirCurrency() {
        JsonObject budget = written(
                        read("{'objective':{'currency':'EUR'},'guardrails':{'budget':{'amount':500,'worth':49.9}}}"))
                .getJsonObject("budget");

        assertThat(budget)
                .isEqualTo(new JsonObject()
                        .put("amount", "500.00")
                        .put("worth", "49.90")
                        .put("certainty", 0.95));
    }

    @Test
    void ramp_inAnswers_hasItsNameIfItHasOne() {
        assertThat(written(read("{'guardrails':{'ramp':'cautious'}}")).getString("ramp"))
                .isEqualTo("cautious");
        assertThat(read("{'guardrails':{'ramp':'cautious'}}").guardrails().ramp())
                .isEqualTo(Ramp.CAUTIOUS);
        assertThat(written(read("{}")).getString("ramp")).isEqualTo("none");
    }

    @Test
    void shortWindow_byDefault_mayBeLongerThanThatOfTheObjective() {
        assertThat(read("{'objective':{'window':'PT2H'}}").guardrails().harm()).contains(Harm.DEFAULT);
        assertThat(refused("{'objective':{'window':'PT2H'},'guardrails':{'harm':{'window':'PT3H'}}}"))
                .containsExactly("guardrails.harm.window");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {'guardrails':'off'} | guardrails
        {'guardrails':{'colour':'red'}} | guardrails.colour
        {'guardrails':{'harm':'on'}} | guardrails.harm
        {'guardrails':{'harm':7}} | guardrails.harm
        {'guardrails':{'harm':{'margin':1}}} | guardrails.harm.margin
        {'guardrails':{'harm':{'margin':-0.1}}} | guardrails.harm.margin
        {'guardrails':{'harm':{'alpha':0}}} | guardrails.harm.alpha
        {'guardrails':{'harm':{'alpha':0.6}}} | guardrails.harm.alpha
        {'guardrails':{'harm':{'window':'P8D'}}} | guardrails.harm.window
        {'guardrails':{'harm':{'window':'PT1S'}}} | guardrails.harm.window
        {'guardrails':{'harm':{'window':24}}} | guardrails.harm.window
        {'guardrails':{'harm':{'form':'eternal'}}} | guardrails.harm.form
        {'guardrails':{'harm':{'colour':'red'}}} | guardrails.harm.colour
        {'guardrails':{'metrics':{}}} | guardrails.metrics
        {'guardrails':{'metrics':[7]}} | guardrails.metrics[0]
        {'guardrails':{'metrics':[{'direction':'lower'}]}} | guardrails.metrics[0].metric
        {'guardrails':{'metrics':[{'metric':'a b','direction':'lower'}]}} | guardrails.metrics[0].metric
        {'guardrails':{'metrics':[{'metric':'purchase','direction':'lower'}]}} | guardrails.metrics[0].metric
        {'guardrails':{'metrics':[{'metric':'x','direction':'lower'},{'metric':'x','direction':'lower'}]}} | guardrails.metrics[1].metric
        {'guardrails':{'metrics':[{'metric':'x'}]}} | guardrails.metrics[0].direction
        {'guardrails':{'metrics':[{'metric':'x','direction':'up'}]}} | guardrails.metrics[0].direction
        {'guardrails':{'metrics':[{'metric':'x','direction':'higher','margin':1}]}} | guardrails.metrics[0].margin
        {'guardrails':{'metrics':[{'metric':'x','direction':'lower','margin':11}]}} | guardrails.metrics[0].margin
        {'guardrails':{'metrics':[{'metric':'x','direction':'lower','alpha':1}]}} | guardrails.metrics[0].alpha
        {'guardrails':{'harm':'off','metrics':[{'metric':'x','direction':'lower'}]}} | guardrails.metrics
        {'guardrails':{'budget':'much'}} | guardrails.budget
        {'guardrails':{'budget':7}} | guardrails.budget
        {'guardrails':{'budget':{'amount':'500.00','worth':1}}} | guardrails.budget.amount
        {'guardrails':{'budget':{'worth':1}}} | guardrails.budget.worth
        {'objective':{'currency':'EUR'},'guardrails':{'budget':{'amount':'500.00'}}} | guardrails.budget.worth
        {'objective':{'currency':'EUR'},'guardrails':{'budget':{'amount':'500.001','worth':1}}} | guardrails.budget.amount
        {'objective':{'currency':'JPY'},'guardrails':{'budget':{'amount':500.5,'worth':1}}} | guardrails.budget.amount
        {'objective':{'currency':'EUR'},'guardrails':{'budget':{'amount':0,'worth':1}}} | guardrails.budget.amount
        {'objective':{'currency':'EUR'},'guardrails':{'budget':{'amount':1e15,'worth':1}}} | guardrails.budget.amount
        {'objective':{'currency':'EUR'},'guardrails':{'budget':{'amount':5,'worth':0}}} | guardrails.budget.worth
        {'objective':{'currency':'EUR'},'guardrails':{'budget':{'amount':5,'worth':1,'daily':-1}}} | guardrails.budget.daily
        {'objective':{'currency':'EUR'},'guardrails':{'budget':{'amount':5,'worth':1,'conversions':9}}} | guardrails.budget.conversions
        {'objective':{'kind':'revenue','currency':'EUR'},'guardrails':{'budget':{'amount':5,'worth':1}}} | guardrails.budget.worth
        {'objective':{'kind':'revenue','currency':'EUR'},'guardrails':{'budget':{'conversions':5}}} | guardrails.budget.conversions
        {'guardrails':{'budget':{'conversions':0}}} | guardrails.budget.conversions
        {'guardrails':{'budget':{'conversions':1.5}}} | guardrails.budget.conversions
        {'guardrails':{'budget':{'conversions':9,'daily':'50.00'}}} | guardrails.budget.daily
        {'guardrails':{'budget':{'conversions':9,'certainty':1}}} | guardrails.budget.certainty
        {'guardrails':{'budget':{'conversions':9,'certainty':0.4}}} | guardrails.budget.certainty
        {'guardrails':{'budget':{'colour':'red'}}} | guardrails.budget.colour
        {'guardrails':{'strict':0}} | guardrails.strict
        {'guardrails':{'strict':1}} | guardrails.strict
        {'guardrails':{'strict':'off'}} | guardrails.strict
        {'guardrails':{'ramp':'steep'}} | guardrails.ramp
        {'guardrails':{'ramp':{}}} | guardrails.ramp
        {'guardrails':{'ramp':[{'hold':'PT1H'}]}} | guardrails.ramp[0].share
        {'guardrails':{'ramp':[{'share':1}]}} | guardrails.ramp[0].share
        {'guardrails':{'ramp':[{'share':0.2},{'share':0.2}]}} | guardrails.ramp[1].share
        {'guardrails':{'ramp':[{'share':0.2,'hold':'-PT1H'}]}} | guardrails.ramp[0].hold
        {'guardrails':{'ramp':[{'share':0.2,'hold':'P91D'}]}} | guardrails.ramp[0].hold
        {'guardrails':{'ramp':[{'share':0.2,'conversions':-1}]}} | guardrails.ramp[0].conversions
        {'guardrails':{'ramp':[{'share':0.2,'colour':'red'}]}} | guardrails.ramp[0].colour
        {'guardrails':{'feed':'on'}} | guardrails.feed
        {'guardrails':{'ratio':1}} | guardrails.ratio
        {'guardrails':{'originCap':0}} | guardrails.originCap
        {'guardrails':{'originCap':1.5}} | guardrails.originCap
        {'guardrails':{'originCap':'on'}} | guardrails.originCap
        {'guardrails':{'thawedAt':'yesterday'}} | guardrails.thawedAt
        """)
    void guardrails_withAWrongField_areRefusedByItsPathAlone(String change, String field) {
        assertThat(refused(change)).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {'harm':{'window':'P30D'}} |
        {'budget':{'amount':'5.00','worth':1}} |
        {'metrics':[{'metric':'purchase','direction':'lower'}]} |
        {'harm':{'margin':2},'ramp':'steep'} | guardrails.harm.margin guardrails.ramp
        {'harm':{'window':'P91D'}} | guardrails.harm.window
        """)
    void guardrails_besideAnObjectiveThatIsRefused_areRefusedForTheirOwnMistakesOnly(String guardrails, String fields) {
        List<String> refused = refused("{'objective':{'window':'soon'},'guardrails':" + guardrails + "}");

        assertThat(refused.getFirst()).isEqualTo("objective.window");
        assertThat(String.join(" ", refused.subList(1, refused.size()))).isEqualTo(fields == null ? "" : fields);
    }

    @Test
    void guardrails_withTooManyMetricsOrStages_areRefused() {
        StringBuilder metrics = new StringBuilder();
        StringBuilder stages = new StringBuilder();
        for (int i = 1; i <= 11; i++) {
            String comma = i == 1 ? "" : ",";
            metrics.append(comma).append("{'metric':'m").append(i).append("','direction':'lower'}");
            stages.append(comma).append("{'share':0.0").append(i + 10).append('}');
        }

        assertThat(refused("{'guardrails':{'metrics':[" + metrics + "],'ramp':[" + stages + "]}}"))
                .containsExactly("guardrails.metrics", "guardrails.ramp");
    }

    private static List<String> refused(String change) {
        return catchThrowableOfType(Problem.class, () -> read(change)).errors().stream()
                .map(Problem.FieldError::field)
                .toList();
    }

    private static JsonObject written(Definition definition) {
        return DefinitionJson.write(definition).getJsonObject("guardrails");
    }

    /// Two arms and a metric, changed.
    private static Definition read(String change) {
        JsonObject base = new JsonObject("""
            {"key":"k","arms":[{"key":"a","control":true},{"key":"b"}],"objective":{"metric":"purchase"}}
            """);
        return DefinitionJson.read(base.mergeIn(new JsonObject(change.replace('\'', '"')), true));
    }
}
