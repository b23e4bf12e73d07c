package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.bandolier.server.ContractDocument.Operation;
import dev.bandolier.server.decide.DecideRoutes;
import dev.bandolier.server.experiments.ExperimentRoutes;
import dev.bandolier.server.experiments.KillSwitchRoutes;
import dev.bandolier.server.experiments.PreviewRoutes;
import dev.bandolier.server.experiments.QuarantineRoutes;
import dev.bandolier.server.experiments.ReplayRoutes;
import dev.bandolier.server.http.Contract;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.receive.Reception;
import dev.bandolier.server.report.AuditRoutes;
import dev.bandolier.server.report.HealthRoutes;
import dev.bandolier.server.report.HistoryRoutes;
import dev.bandolier.server.report.LiveRoutes;
import dev.bandolier.server.report.ReconciliationRoutes;
import dev.bandolier.server.report.ReportRoutes;
import dev.bandolier.server.report.SparkRoutes;
import dev.bandolier.server.report.WhatIfRoutes;
import dev.bandolier.server.wire.Endpoint;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The contract, held against the routes of the server and against itself.
final class ContractTest {

    private final ContractDocument contract = ContractDocument.read();

    @Test
    void routes_ofTheServerAndOfTheContract_areTheSame() {
        Set<String> promised =
                contract.operations().stream().map(Operation::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> served = new TreeSet<>(Set.of("POST " + DecideRoutes.PATH, "GET " + LiveRoutes.PATH));
        endpointsByRoom()
                .values()
                .forEach(endpoints -> endpoints.forEach(each ->
                        served.add(each.method().name() + " " + each.path().replaceAll(":([a-z]+)", "{$1}"))));

        assertThat(promised).isEqualTo(served);
    }

    /// A room that this test does not know would escape the comparison. What a room keeps to itself, it serves itself.
    @Test
    void rooms_withEndpoints_areAllCompared() {
        Set<String> withEndpoints = new ClassFileImporter()
                .importPackagesOf(Main.class).stream()
                        .filter(each -> each.tryGetMethod("endpoints").isPresent())
                        .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());

        assertThat(endpointsByRoom().keySet()).extracting(Class::getName).hasSameElementsAs(withEndpoints);
    }

    @Test
    void schemas_areValidSchemas() {
        contract.root()
                .at("/components/schemas")
                .properties()
                .forEach(each -> assertThat(ContractDocument.faultsOfSchema(each.getValue()))
                        .as(each.getKey())
                        .isEmpty());
        contract.root()
                .findValues("schema")
                .forEach(each ->
                        assertThat(ContractDocument.faultsOfSchema(each)).isEmpty());
    }

    @Test
    void schemaCheck_ofNonsense_findsIt() {
        ObjectNode nonsense = JsonNodeFactory.instance.objectNode().put("minimum", "two");

        assertThat(ContractDocument.faultsOfSchema(nonsense)).isNotEmpty();
    }

    @Test
    void schema_ofAnswer_refusesTokenWithoutDecision() {
        JsonNode answer = contract.root().at("/components/schemas/Answer");
        ObjectNode fallback = contract.operation("POST", DecideRoutes.PATH)
                .orElseThrow()
                .node()
                .at("/responses/200/content/application~1json/examples/fallback/value")
                .deepCopy();

        assertThat(contract.faults(answer, fallback)).isEmpty();
        assertThat(contract.faults(answer, fallback.put("decision", "d1.x"))).isNotEmpty();
    }

    @Test
    void references_leadSomewhere() {
        assertThat(contract.references())
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        each -> assertThat(contract.root().at(each.substring(1)).isMissingNode())
                                .isFalse());
    }

    @Test
    void operations_sayWhatTheyDoAndWhatTheyTake() {
        List<String> ids = new ArrayList<>();
        for (Operation each : contract.operations()) {
            ids.add(each.node().path("operationId").asText());
            assertThat(each.node().path("summary").asText()).as(each.name()).isNotEmpty();
            assertThat(parameters(each, "path"))
                    .as(each.name())
                    .isEqualTo(Pattern.compile("\\{([a-z]+)}")
                            .matcher(each.path())
                            .results()
                            .map(found -> found.group(1))
                            .collect(Collectors.toSet()));
        }
        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void examples_fitTheirSchemas() {
        List<JsonNode> bodies = new ArrayList<>();
        contract.root().findValues("content").forEach(content -> bodies.addAll(ContractDocument.elements(content)));
        List<String> faults = new ArrayList<>();
        int examples = 0;
        for (JsonNode body : bodies) {
            for (JsonNode example : ContractDocument.elements(body.path("examples"))) {
                examples++;
                faults.addAll(contract.faults(body.get("schema"), example.get("value")));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(examples).isGreaterThan(15);
    }

    private Set<String> parameters(Operation operation, String in) {
        List<JsonNode> all =
                new ArrayList<>(ContractDocument.elements(operation.node().path("parameters")));
        all.addAll(ContractDocument.elements(
                contract.root().get("paths").get(operation.path()).path("parameters")));
        return all.stream()
                .map(contract::resolve)
                .filter(each -> each.get("in").asText().equals(in))
                .map(each -> each.get("name").asText())
                .collect(Collectors.toSet());
    }

    /// The rooms, made without a database: nothing is asked of them but their routes.
    private static Map<Class<?>, List<Endpoint>> endpointsByRoom() {
        Settings settings = Settings.of(Map.of(), Map.of());
        Vertx vertx = Vertx.vertx();
        Map<Class<?>, List<Endpoint>> rooms = new HashMap<>();
        Ledger ledger = Ledger.of(null);
        rooms.put(
                Reception.class,
                new Reception(vertx, settings, new byte[32], null, ledger, null, new SecureRandom()).endpoints());
        rooms.put(PreviewRoutes.class, new PreviewRoutes(null).endpoints());
        rooms.put(ExperimentRoutes.class, new ExperimentRoutes(null, null).endpoints());
        rooms.put(KillSwitchRoutes.class, new KillSwitchRoutes(ledger, null, null).endpoints());
        rooms.put(AuditRoutes.class, new AuditRoutes(ledger).endpoints());
        rooms.put(ReplayRoutes.class, new ReplayRoutes(null).endpoints());
        rooms.put(QuarantineRoutes.class, new QuarantineRoutes(null).endpoints());
        rooms.put(SparkRoutes.class, new SparkRoutes(ledger, null, null).endpoints());
        rooms.put(ReconciliationRoutes.class, new ReconciliationRoutes(ledger, null).endpoints());
        rooms.put(ReportRoutes.class, new ReportRoutes(ledger, null, null, null, null).endpoints());
        rooms.put(WhatIfRoutes.class, new WhatIfRoutes(ledger, null, null, null, 1).endpoints());
        rooms.put(HistoryRoutes.class, new HistoryRoutes(ledger, null, null).endpoints());
        rooms.put(HealthRoutes.class, new HealthRoutes(ledger).endpoints());
        rooms.put(Contract.class, new Contract().endpoints());
        vertx.close().await();
        return rooms;
    }
}
