package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.ToolInventory.KeptDefinition;
import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import io.holdpoint.gateway.catalog.ToolText;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.people.PersonId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Servers, grants and tools to test with. */
final class Tools {

    static final Server IMAGING = new Server(
            "imaging",
            URI.create("https://robot:hunter2@mcp.example.org:8443/mcp/hunter2?key=hunter2#hunter2"),
            Map.of("Authorization", "Bearer hunter2"),
            Set.of(),
            Duration.ofSeconds(60),
            true);

    static final String TOKEN_HASH = Sha256.hex("hunter2");
    static final Instant CHANGED = Samples.NOON.plusSeconds(120);

    private static final String POLICY = """
        {"version":"1","default":"deny","tools":{
          "delete_study":{"risk":"High",
            "require_approval":true}}}\
        """;

    private Tools() {}

    static Policy policy() {
        return Policy.read("imaging.json", POLICY.getBytes(StandardCharsets.UTF_8), Samples.CONTEXT);
    }

    static Grant grant(String id, Optional<Policy> policy) {
        return grant(id, new Grant.Access(IMAGING, policy));
    }

    /** Under the same policy, beside which another is tried. */
    static Grant shadowedGrant() {
        return grant("agent", new Grant.Access(IMAGING, Optional.of(policy())).shadowedBy(shadow()));
    }

    static Grant onlyShadowedGrant() {
        return grant("agent", new Grant.Access(IMAGING, Optional.empty()).shadowedBy(shadow()));
    }

    private static Policy shadow() {
        return Policy.read("stricter.json", POLICY.getBytes(StandardCharsets.UTF_8), Samples.CONTEXT);
    }

    private static Grant grant(String id, Grant.Access access) {
        return new Grant(
                id,
                new PersonId("olga"),
                TOKEN_HASH,
                Map.of("imaging", access),
                Optional.of(Samples.NOON),
                Optional.of(Duration.ofSeconds(90)),
                OptionalInt.of(7));
    }

    static KeptTool tool(String name, String json) {
        return new KeptTool(
                "imaging",
                name,
                Sha256.hex(json),
                json.length(),
                ToolText.of(json),
                Category.DESTRUCTIVE,
                Risk.CRITICAL,
                Samples.NOON,
                CHANGED,
                Optional.empty());
    }

    static KeptDefinition definition(String json, boolean newest) {
        return new KeptDefinition(
                Sha256.hex(json),
                json.length(),
                true,
                Category.DESTRUCTIVE,
                Risk.CRITICAL,
                Samples.NOON,
                Samples.NOON,
                newest);
    }
}
