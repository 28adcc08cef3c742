package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.upstream.Server;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is configured and what servers offer, for programs, without secrets (spec 05, API of the console). */
@RestController
class ToolsApi {

    private final ToolDesk desk;

    ToolsApi(ToolDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/api/servers")
    ResponseEntity<String> servers(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request) {
        Query.of(request);
        return json(desk.servers(visitor).stream().map(this::body).toList(), Optional.empty());
    }

    @GetMapping("/api/tools")
    ResponseEntity<String> tools(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request) {
        var query = Query.of(request, ToolDesk.FILTERS);
        var page = desk.tools(visitor, query);
        var items = page.items().stream()
                .map(tool -> ToolBody.of(tool, desk.standings(tool, query.text("grant"))))
                .toList();
        return json(items, page.nextCursor());
    }

    @GetMapping("/api/grants")
    ResponseEntity<String> grants(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request) {
        Query.of(request);
        return json(desk.grants(visitor).stream().map(GrantBody::of).toList(), Optional.empty());
    }

    private ServerBody body(Server server) {
        var reading = desk.reading(server);
        return new ServerBody(
                server.name(),
                shown(server.url()),
                server.trusted(),
                reading.readAt(),
                reading.fault().isEmpty() && reading.readAt().isPresent(),
                reading.fault(),
                reading.tools(),
                reading.missed(),
                desk.grantsOf(server).stream().map(Grant::id).toList());
    }

    /** The address without what may be secret: user, path, query and fragment. */
    static String shown(URI url) {
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        var hasMore = url.getRawQuery() != null || url.getRawPath().length() > 1;
        return url.getScheme() + "://" + url.getHost() + port + (hasMore ? "/…" : "/");
    }

    private static ResponseEntity<String> json(List<?> items, Optional<String> nextCursor) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(new PageBody<>(items, nextCursor)));
    }

    /** A server in the API. */
    record ServerBody(
            String name,
            String url,
            boolean trusted,
            Optional<Instant> readAt,
            boolean readable,
            Optional<String> fault,
            int tools,
            Optional<Integer> unrecordedChanges,
            List<String> grants) {}

    /** A tool in the API. */
    record ToolBody(
            String server,
            String tool,
            String title,
            String description,
            Map<String, Boolean> annotations,
            String category,
            String risk,
            String definition,
            Instant firstSeen,
            Optional<Instant> changedAt,
            boolean gone,
            List<MayBody> grants) {

        static ToolBody of(KeptTool tool, List<GrantStanding> grants) {
            var text = tool.text();
            return new ToolBody(
                    tool.server(),
                    tool.tool(),
                    text.title(),
                    text.description(),
                    new TreeMap<>(text.annotations()),
                    tool.category().label(),
                    tool.risk().label(),
                    tool.sha256(),
                    tool.knownSince(),
                    tool.changedAt(),
                    tool.goneAt().isPresent(),
                    grants.stream().map(MayBody::of).toList());
        }
    }

    /** What a grant may do with a tool, in the API. */
    record MayBody(String grant, String standing, String rule, OptionalInt line, String risk) {

        static MayBody of(GrantStanding may) {
            var standing = may.standing();
            return new MayBody(
                    may.grant(),
                    standing.kind().word(),
                    standing.rule().value(),
                    standing.line(),
                    standing.risk().label());
        }
    }

    /** A grant in the API: never its token, nor the token's hash. */
    record GrantBody(
            String id,
            String owner,
            Map<String, AccessBody> servers,
            Optional<Instant> expires,
            Optional<String> holdFor,
            OptionalInt maxPending) {

        static GrantBody of(Grant grant) {
            var servers = new TreeMap<String, AccessBody>();
            grant.servers().forEach((name, access) -> servers.put(name, AccessBody.of(access)));
            return new GrantBody(
                    grant.id(),
                    grant.owner().value(),
                    servers,
                    grant.expires(),
                    grant.holdFor().map(Duration::toString),
                    grant.maxPending());
        }
    }

    /**
     * What a grant is under at a server, in the API.
     *
     * @param policy empty where everything is denied
     * @param shadow what is tried there, with a policy or without
     */
    record AccessBody(Optional<PolicyBody> policy, Optional<PolicyBody> shadow) {

        static AccessBody of(Grant.Access access) {
            return new AccessBody(
                    access.policy().map(PolicyBody::of), access.shadow().map(PolicyBody::of));
        }
    }

    /** A policy in the API. */
    record PolicyBody(String file, String sha256) {

        static PolicyBody of(Policy policy) {
            return new PolicyBody(policy.file(), policy.sha256());
        }
    }
}
