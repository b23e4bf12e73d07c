package dev.bandolier.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The arrows between rooms, as the compiler left them; and each arrow against a class that goes the other way.
final class RoomsTest {

    private static final String HOUSE = "dev.bandolier..";
    private static final String BANDITS = "dev.bandolier.bandits..";
    private static final String SERVER = "dev.bandolier.server.";
    private static final String[] ROOMS = {"decide", "receive", "attribute", "learn", "experiments", "report"};

    /// Of `postgres`, a room knows the two that are about when and how many; the database is the ledger's.
    private static final DescribedPredicate<JavaClass> PACE =
            resideInAPackage(SERVER + "postgres").and(outermost("GroupCommit").or(outermost("Bell")));

    private static final DescribedPredicate<JavaClass> SETTINGS =
            resideInAPackage("dev.bandolier.server").and(outermost("Settings"));

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.bandolier");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("arrows")
    void house_keepsTheArrow(ArchRule arrow) {
        assertThat(CODE).hasSizeGreaterThan(150);
        arrow.check(CODE);
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void arrow_metByAClassThatGoesTheOtherWay_findsIt(ArchRule arrow, String where, String body) throws IOException {
        JavaClasses broken = Snippet.compile(folder, where, body);

        assertThat(arrow.evaluate(broken).hasViolation()).isTrue();
    }

    @Test
    void packages_areFreeOfCycles() {
        ArchRule free = slices().matching("dev.bandolier.(**)").should().beFreeOfCycles();
        ArchRule freeAtTheTop =
                slices().matching("dev.bandolier.(*)..").should().beFreeOfCycles();

        free.check(CODE.that(resideInAnyPackage(SERVER + "*..", BANDITS)));
        freeAtTheTop.check(CODE);
    }

    @Test
    void cycle_betweenPackages_isFound() throws IOException {
        JavaClasses broken =
                Snippet.compile(folder, "dev.bandolier.server.ledger/Broken", "Object a = x.B.class;", """
                    package x;
                    public class B { Object b = dev.bandolier.server.ledger.Broken.class; }
                    """);

        assertThat(slices().matching("(**)")
                        .should()
                        .beFreeOfCycles()
                        .evaluate(broken)
                        .hasViolation())
                .isTrue();
    }

    static Stream<Arguments> arrows() {
        Stream<Arguments> rooms = Stream.of(ROOMS).map(RoomsTest::room);
        return Stream.concat(
                rooms,
                Stream.of(
                        arrow(
                                "http knows routes and wire",
                                classes()
                                        .that(in("http"))
                                        .should()
                                        .onlyDependOnClassesThat(foreign()
                                                .or(in("http", "wire"))
                                                .or(simpleNameEndingWith("Routes"))
                                                .or(SETTINGS)),
                                "http",
                                "dev.bandolier.server.ledger.Ledger ledger;"),
                        arrow(
                                "ledger knows postgres, wire and bandits",
                                classes()
                                        .that(in("ledger"))
                                        .should()
                                        .onlyDependOnClassesThat(foreign()
                                                .or(in("ledger", "postgres", "wire"))
                                                .or(resideInAPackage(BANDITS))
                                                .or(SETTINGS)),
                                "ledger",
                                "dev.bandolier.server.report.LiveFeed feed;"),
                        arrow(
                                "duty knows ledger and postgres",
                                classes()
                                        .that(in("duty"))
                                        .should()
                                        .onlyDependOnClassesThat(foreign()
                                                .or(in("duty", "ledger", "postgres"))
                                                .or(SETTINGS)),
                                "duty",
                                "dev.bandolier.server.learn.Learning learning;"),
                        arrow(
                                "wire knows postgres",
                                classes()
                                        .that(in("wire"))
                                        .should()
                                        .onlyDependOnClassesThat(foreign()
                                                .or(in("wire", "postgres"))
                                                .or(SETTINGS)),
                                "wire",
                                "dev.bandolier.server.ledger.Board board;"),
                        arrow(
                                "platform knows wire and bandits",
                                classes()
                                        .that(in("platform"))
                                        .should()
                                        .onlyDependOnClassesThat(foreign()
                                                .or(in("platform", "wire"))
                                                .or(resideInAPackage(BANDITS))
                                                .or(SETTINGS)),
                                "platform",
                                "dev.bandolier.server.ledger.Board board;"),
                        arrow(
                                "postgres knows nobody",
                                classes()
                                        .that(in("postgres"))
                                        .should()
                                        .onlyDependOnClassesThat(
                                                foreign().or(in("postgres")).or(SETTINGS)),
                                "postgres",
                                "dev.bandolier.server.ledger.Board board;"),
                        arrow(
                                "settings know nobody",
                                classes()
                                        .that(SETTINGS)
                                        .should()
                                        .onlyDependOnClassesThat(foreign().or(SETTINGS)),
                                "Settings",
                                "dev.bandolier.server.ledger.Board board;"),
                        arrow(
                                "bandits know the JDK, Commons and hash4j",
                                classes()
                                        .that()
                                        .resideInAPackage(BANDITS)
                                        .should()
                                        .onlyDependOnClassesThat(resideInAnyPackage(
                                                BANDITS,
                                                "java.lang..",
                                                "java.math..",
                                                "java.nio..",
                                                "java.security..",
                                                "java.time..",
                                                "java.util..",
                                                "javax.crypto..",
                                                "org.apache.commons.numbers..",
                                                "org.apache.commons.statistics..",
                                                "com.dynatrace.hash4j..")),
                                "bandits",
                                "io.vertx.core.Vertx vertx;"),
                        arrow(
                                "numeric is for bandits",
                                classes()
                                        .that()
                                        .resideOutsideOfPackage(BANDITS)
                                        .should()
                                        .onlyDependOnClassesThat(
                                                not(resideInAPackage("dev.bandolier.bandits.numeric"))),
                                "learn",
                                "dev.bandolier.bandits.numeric.Density density;")));
    }

    private static Arguments room(String room) {
        DescribedPredicate<JavaClass> known = foreign()
                .or(in(room, "ledger", "wire"))
                .or(resideInAPackage(BANDITS))
                .or(PACE)
                .or(SETTINGS);
        boolean works = room.equals("attribute") || room.equals("learn");
        // What was refused is told in the words of who refuses.
        boolean hears = room.equals("receive") || room.equals("report");
        String other = room.equals("decide") ? "receive.Reception" : "decide.DecideRoutes";
        return arrow(
                room + " knows ledger, wire, bandits" + (works ? " and duty" : hears ? " and platform" : ""),
                classes()
                        .that(in(room))
                        .should()
                        .onlyDependOnClassesThat(
                                works ? known.or(in("duty")) : hears ? known.or(in("platform")) : known),
                room,
                "dev.bandolier.server." + other + " other;");
    }

    private static Arguments arrow(String what, ArchRule rule, String room, String body) {
        String where = switch (room) {
            case "Settings" -> "dev.bandolier.server/Settings";
            case "bandits" -> "dev.bandolier.bandits/Broken";
            default -> SERVER + room + "/Broken";
        };
        return Arguments.of(Named.of(what, rule), where, body);
    }

    private static DescribedPredicate<JavaClass> foreign() {
        return not(resideInAPackage(HOUSE));
    }

    private static DescribedPredicate<JavaClass> in(String... rooms) {
        return resideInAnyPackage(Stream.of(rooms).map(each -> SERVER + each).toArray(String[]::new));
    }

    /// The class of this name, and what is declared inside it.
    private static DescribedPredicate<JavaClass> outermost(String name) {
        return DescribedPredicate.describe(name, each -> {
            JavaClass outer = each.getBaseComponentType();
            while (outer.getEnclosingClass().isPresent()) {
                outer = outer.getEnclosingClass().get();
            }
            return outer.getSimpleName().equals(name);
        });
    }
}
