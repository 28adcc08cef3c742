package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.ToolInventory;
import io.holdpoint.gateway.catalog.ToolInventory.KeptDefinition;
import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import io.holdpoint.gateway.catalog.ToolInventory.ServerReading;
import io.holdpoint.gateway.catalog.ToolInventory.ToolPage;
import io.holdpoint.gateway.catalog.ToolInventory.ToolQuery;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.gateway.upstream.ServerList;
import io.holdpoint.workflow.Risk;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * What servers offer and what each grant may do there, for visitors who may know it; for any other there is nothing.
 * Servers and grants are those configured at the moment of asking.
 */
@Component
class ToolDesk {

    /** The filters of a list of tools, which the page shares. */
    static final String[] FILTERS = {"server", "risk", "category", "grant", "limit", "cursor"};

    private final ToolInventory inventory;
    private final ServerList servers;
    private final Supplier<Grants> grants;

    ToolDesk(ToolInventory inventory, ServerList servers, Supplier<Grants> grants) {
        this.inventory = inventory;
        this.servers = servers;
        this.grants = grants;
    }

    List<Server> servers(Visitor visitor) {
        visitor.mustSeeConfiguration();
        return servers.servers().stream()
                .sorted(Comparator.comparing(Server::name))
                .toList();
    }

    ServerReading reading(Server server) {
        return inventory.reading(server.name());
    }

    List<Grant> grants(Visitor visitor) {
        visitor.mustSeeConfiguration();
        return all();
    }

    private List<Grant> all() {
        return grants.get().all().stream()
                .sorted(Comparator.comparing(Grant::id))
                .toList();
    }

    /** The grants that name a server. */
    List<Grant> grantsOf(Server server) {
        return all().stream()
                .filter(grant -> grant.servers().containsKey(server.name()))
                .toList();
    }

    /** Lists tools of configured servers by the filters of a query. */
    ToolPage tools(Visitor visitor, Query query) {
        var all = servers(visitor);
        var grant = query.text("grant").map(this::known);
        var shown = all.stream()
                .map(Server::name)
                .filter(name -> query.text("server").map(name::equals).orElse(true))
                .filter(name ->
                        grant.map(one -> one.servers().containsKey(name)).orElse(true))
                .toList();
        var risk = query.choice("risk", riskWords()).flatMap(Risk::ofLabel);
        var category = query.choice("category", categoryWords()).flatMap(Category::ofLabel);
        try {
            return inventory.list(new ToolQuery(shown, risk, category, query.limit(), query.text("cursor")));
        } catch (IllegalArgumentException e) {
            throw Refused.badParameter("cursor is none of this list's; use nextCursor of the page before.");
        }
    }

    private Grant known(String id) {
        return grants.get()
                .find(id)
                .orElseThrow(() -> Refused.badParameter(
                        "grant is \"%s\", which is not configured; GET /api/grants lists those that are."
                                .formatted(id)));
    }

    /** One tool of a configured server. */
    KeptTool tool(Visitor visitor, String server, String tool) {
        return servers(visitor).stream()
                .filter(one -> one.name().equals(server))
                .findFirst()
                .flatMap(one -> inventory.find(server, tool))
                .orElseThrow(Refused::notFound);
    }

    List<KeptDefinition> history(KeptTool tool) {
        return inventory.history(tool.server(), tool.tool());
    }

    /** The text of one of its definitions; empty if it is not kept. */
    Optional<String> definition(KeptTool tool, String sha256) {
        return inventory.definition(tool.server(), tool.tool(), sha256);
    }

    /** What each grant that names the tool's server may do with it. */
    List<GrantStanding> standings(KeptTool tool, Optional<String> onlyGrant) {
        return all().stream()
                .filter(grant -> onlyGrant.map(grant.id()::equals).orElse(true))
                .flatMap(grant -> Optional.ofNullable(grant.servers().get(tool.server()))
                        .map(access -> GrantStanding.of(grant, access, tool))
                        .stream())
                .toList();
    }

    private static String[] categoryWords() {
        return Arrays.stream(Category.values()).map(Category::label).toArray(String[]::new);
    }

    private static String[] riskWords() {
        return Arrays.stream(Risk.values()).map(Risk::label).toArray(String[]::new);
    }
}
