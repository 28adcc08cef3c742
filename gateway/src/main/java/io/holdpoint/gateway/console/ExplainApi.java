package io.holdpoint.gateway.console;

import io.holdpoint.gateway.authoring.CallArguments;
import io.holdpoint.gateway.authoring.Explained;
import io.holdpoint.gateway.authoring.Explained.Question;
import io.holdpoint.gateway.authoring.RiskClass;
import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.upstream.ServerList;
import io.holdpoint.workflow.Risk;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What policies say, for programs (spec 05, API of the console). Asking changes nothing. */
@RestController
class ExplainApi {

    private final PolicyChoice choice;
    private final PolicyTurn turn;
    private final Catalog catalog;
    private final ServerList servers;

    ExplainApi(PolicyChoice choice, PolicyTurn turn, Catalog catalog, ServerList servers) {
        this.choice = choice;
        this.turn = turn;
        this.catalog = catalog;
        this.servers = servers;
    }

    @PostMapping("/api/policies/explain")
    ResponseEntity<String> explain(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request)
            throws IOException {
        visitor.mustSeeConfiguration();
        var body = Body.readWithDocument(request, "policy", "document", "tool", "arguments", "server", "grant", "risk");
        return turn.take(() -> explain(body));
    }

    private ResponseEntity<String> explain(Body body) {
        var tool = body.someText("tool");
        var arguments = arguments(body);
        var risk = risk(body);
        var server = choice.server(body);
        var policy = policy(body, server);
        body.check();
        var question = question(server.orElse(""), tool, arguments, risk);
        return json(Explained.of(policy.orElseThrow(), question, List.of()));
    }

    private Optional<Policy> policy(Body body, Optional<String> server) {
        try {
            return choice.policy(body, server);
        } catch (FaultyDocument e) {
            throw Refused.faultyPolicy("document", e);
        }
    }

    private Question question(String server, String tool, ObjectNode arguments, Optional<RiskClass> given) {
        var definition =
                servers.find(server).map(one -> catalog.remembered(one, tool)).filter(Definition::isRead);
        var known = definition
                .map(read -> RiskClass.ofCatalogue(read.risk(), server))
                .orElse(RiskClass.UNKNOWN);
        JsonNode schema = definition.map(Definition::inputSchema).orElseGet(MissingNode::getInstance);
        return new Question(server, tool, arguments, given.orElse(known), schema);
    }

    private static Optional<RiskClass> risk(Body body) {
        var word = body.text("risk");
        var risk = word.flatMap(Risk::ofLabel);
        if (word.isPresent() && risk.isEmpty()) {
            body.fault("risk", "risk is no risk class; use Low, Medium, High or Critical");
        }
        return risk.map(RiskClass::given);
    }

    private static ObjectNode arguments(Body body) {
        var given = body.any("arguments").map(Json::write).orElse("{}");
        try {
            return CallArguments.read(given.getBytes(StandardCharsets.UTF_8));
        } catch (CallArguments.NotArguments e) {
            body.fault("arguments", "arguments " + e.getMessage());
            return Json.object();
        }
    }

    private static ResponseEntity<String> json(Explained explained) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.write(explained.json()));
    }
}
