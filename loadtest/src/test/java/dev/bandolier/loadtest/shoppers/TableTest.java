package dev.bandolier.loadtest.shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Moment MOMENT = new Moment(
            Duration.ofSeconds(83),
            2998.4,
            187.6,
            12,
            3,
            0.0042,
            List.of(
                    new Moment.Arm("classic", 0.04, 0.0391, 0.0355, 0.0429, 0.02, 0.0213),
                    new Moment.Arm("a-very-long-name-of-an-arm", 0.08, 0.0812, 0.0801, 0.0823, 0.98, 0.9787)),
            1,
            123.45,
            3780.06);

    private static final Moment FIRST = new Moment(
            Duration.ofSeconds(1),
            0,
            0,
            0,
            0,
            Double.NaN,
            List.of(
                    new Moment.Arm("a", 0.04, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                    new Moment.Arm("b", 0.08, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN)),
            1,
            0,
            0);

    @Test
    void rows_ofAMoment_putEstimateBesideTruth() {
        assertThat(Table.rows(MOMENT))
                .containsExactly(
                        "1:23  2,998 asked/s, 188 conversions/s, 12 in flight, 3 without answer, client late 0.4 %",
                        "  arm            true rate  estimate  95 % interval      allocation   served",
                        "  classic           4.00 %    3.91 %  3.55 % .. 4.29 %        2.0 %    2.1 %",
                        "  a-very-long-n…    8.00 %    8.12 %  8.01 % .. 8.23 %       98.0 %   97.9 %",
                        "best arm a-very-long-name-of-an-arm serves 97.9 %; "
                                + "conversions lost so far 123.5, an even split would have lost 3,780.1");
    }

    @Test
    void rows_beforeAnythingIsKnown_showDashes() {
        assertThat(Table.rows(FIRST).get(2))
                .isEqualTo("  a                 4.00 %         -  -                           -        -");
    }

    @Test
    void line_ofAMoment_isOneLineWithoutSpacesInValues() {
        assertThat(Table.line(MOMENT))
                .isEqualTo("t=83s asked=2,998/s conversions=188/s unanswered=3 late=0.4% "
                        + "allocation=classic:2.0%,a-very-long-name-of-an-arm:98.0% "
                        + "served=classic:2.1%,a-very-long-name-of-an-arm:97.9% "
                        + "estimate=classic:3.91%,a-very-long-name-of-an-arm:8.12% best=97.9% lost=123.5 even=3,780.1");
    }

    @Test
    void screen_onATerminal_redrawsInPlaceUntilLeft() {
        StringWriter drawn = new StringWriter();
        Screen screen = new Screen(new PrintWriter(drawn, true), true);

        screen.show(FIRST);
        assertThat(drawn.toString()).doesNotContain("\u001b[5A");
        screen.show(FIRST);
        assertThat(drawn.toString()).containsOnlyOnce("\u001b[5A");
        screen.leave();
        screen.show(FIRST);
        assertThat(drawn.toString()).containsOnlyOnce("\u001b[5A");
    }

    @Test
    void screen_elsewhere_printsPlainLinesLessOften() {
        StringWriter drawn = new StringWriter();
        Screen screen = new Screen(new PrintWriter(drawn, true), false);

        screen.show(FIRST);
        screen.show(FIRST);

        assertThat(drawn.toString()).doesNotContain("\u001b").hasLineCount(2);
        assertThat(screen.period()).isEqualTo(Duration.ofSeconds(5));
    }
}
