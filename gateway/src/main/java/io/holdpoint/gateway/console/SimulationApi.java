package io.holdpoint.gateway.console;

import io.holdpoint.gateway.authoring.simulation.SimulatedJson;
import io.holdpoint.gateway.authoring.simulation.Simulation;
import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.upstream.ServerList;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.audit.CallHistory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a new policy would have said about the calls in the log, for programs. */
@RestController
class SimulationApi {

    private static final Duration PERIOD = Duration.ofDays(30);

    private final CallHistory history;
    private final Catalog catalog;
    private final ServerList servers;
    private final Supplier<PolicyContext> context;
    private final PolicyTurn turn;
    private final Clock clock;

    SimulationApi(
            CallHistory history,
            Catalog catalog,
            ServerList servers,
            Supplier<PolicyContext> context,
            PolicyTurn turn,
            Clock clock) {
        this.history = history;
        this.catalog = catalog;
        this.servers = servers;
        this.context = context;
        this.turn = turn;
        this.clock = clock;
    }

    @PostMapping("/api/policies/simulate")
    ResponseEntity<String> simulate(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request)
            throws IOException {
        visitor.mustSeeConfiguration();
        var body = Body.readWithDocument(request, "file", "document", "since", "until", "grant", "server");
        return turn.take(() -> simulate(body));
    }

    private ResponseEntity<String> simulate(Body body) {
        var file = body.someText("file");
        var document = body.document("document");
        var span = span(body);
        body.check();
        var simulated = new Simulation(policy(file, document), this::risk, clock).run(file, history, span);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(SimulatedJson.write(simulated));
    }

    private CallHistory.Span span(Body body) {
        var until = body.time("until").orElseGet(clock::instant);
        var since = body.time("since").orElseGet(() -> until.minus(PERIOD));
        if (!since.isBefore(until)) {
            body.fault("since", "since is not before until; give a period");
        }
        return new CallHistory.Span(since, until, body.text("grant"), body.text("server"));
    }

    private Policy policy(String file, byte[] document) {
        try {
            return Policy.read(file, document, context.get());
        } catch (FaultyDocument e) {
            throw Refused.faultyPolicy("document", e);
        }
    }

    private Optional<Risk> risk(String server, String tool) {
        return servers.find(server)
                .map(one -> catalog.remembered(one, tool))
                .filter(Definition::isRead)
                .map(Definition::risk);
    }
}
