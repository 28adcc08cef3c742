package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What the servers offer, what each grant may do with it, and what became of it over time. */
@Controller
class ToolPages {

    private final ToolDesk desk;
    private final Clock clock;

    ToolPages(ToolDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @GetMapping("/tools")
    String list(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request, Model model) {
        var query = Query.of(request, ToolDesk.FILTERS);
        var page = desk.tools(visitor, query);
        var now = clock.instant();
        model.addAttribute("banner", Banner.of(visitor));
        model.addAttribute("filters", filters(query));
        model.addAttribute("servers", servers(visitor));
        model.addAttribute(
                "rows",
                page.items().stream()
                        .map(tool -> ToolRow.of(tool, desk.standings(tool, query.text("grant")), now))
                        .toList());
        model.addAttribute(
                "more", page.nextCursor().map(cursor -> more(query, cursor)).orElse(""));
        return "tools";
    }

    private List<ServerRow> servers(Visitor visitor) {
        var now = clock.instant();
        return desk.servers(visitor).stream()
                .map(server -> ServerRow.of(server, desk.reading(server), now))
                .toList();
    }

    @GetMapping("/tools/{server}/{tool}")
    String show(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String server,
            @PathVariable String tool,
            @RequestParam Optional<String> definition,
            Model model) {
        return page(visitor, desk.tool(visitor, server, tool), definition, model);
    }

    /** For names that cannot stand in a path. */
    @GetMapping("/tools/one")
    String showOne(
            @AuthenticationPrincipal Visitor visitor,
            @RequestParam String server,
            @RequestParam String tool,
            @RequestParam Optional<String> definition,
            Model model) {
        return page(visitor, desk.tool(visitor, server, tool), definition, model);
    }

    private String page(Visitor visitor, KeptTool tool, Optional<String> definition, Model model) {
        model.addAttribute("banner", Banner.of(visitor));
        model.addAttribute("tool", ToolCard.of(tool, definition, desk, clock.instant()));
        return "tool";
    }

    private static Map<String, String> filters(Query query) {
        var filters = new LinkedHashMap<String, String>();
        Arrays.stream(ToolDesk.FILTERS)
                .forEach(name -> filters.put(name, query.text(name).orElse("")));
        return filters;
    }

    private static String more(Query query, String cursor) {
        var address = UriComponentsBuilder.fromPath("/tools");
        var values = filters(query);
        values.put("cursor", cursor);
        values.values().removeIf(String::isEmpty);
        values.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(values).toUriString();
    }
}
