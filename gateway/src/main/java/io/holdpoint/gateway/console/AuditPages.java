package io.holdpoint.gateway.console;

import io.holdpoint.workflow.people.People;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.util.UriComponentsBuilder;

/** The audit log for auditors, as a plain table. */
@Controller
class AuditPages {

    private final Desk desk;
    private final Supplier<People> people;
    private final Clock clock;

    AuditPages(Desk desk, Supplier<People> people, Clock clock) {
        this.desk = desk;
        this.people = people;
        this.clock = clock;
    }

    @GetMapping("/audit")
    String show(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request, Model model) {
        var query = Query.of(request, AuditApi.FILTERS);
        var page = desk.read(visitor, AuditApi.auditQuery(query));
        var names = new Names(people.get());
        var now = clock.instant();
        model.addAttribute("banner", Banner.of(visitor));
        model.addAttribute("filters", filters(query));
        model.addAttribute(
                "rows",
                page.entries().stream()
                        .map(entry -> LogRow.of(entry, names, now))
                        .toList());
        model.addAttribute(
                "older", page.nextCursor().map(cursor -> older(query, cursor)).orElse(""));
        return "audit";
    }

    private static Map<String, String> filters(Query query) {
        var filters = new LinkedHashMap<String, String>();
        Arrays.stream(AuditApi.FILTERS)
                .forEach(name -> filters.put(name, query.text(name).orElse("")));
        return filters;
    }

    private static String older(Query query, String cursor) {
        var address = UriComponentsBuilder.fromPath("/audit");
        var values = filters(query);
        values.put("cursor", cursor);
        values.values().removeIf(String::isEmpty);
        values.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(values).toUriString();
    }
}
