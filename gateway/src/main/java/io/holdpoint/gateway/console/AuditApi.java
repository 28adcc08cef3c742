package io.holdpoint.gateway.console;

import io.holdpoint.workflow.audit.AuditQuery;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The audit log for programs. */
@RestController
class AuditApi {

    /** The query's parameters, which the page shares. */
    static final String[] FILTERS = {
        "subject", "type", "server", "tool", "grant", "actor", "outcome", "since", "until", "limit", "cursor"
    };

    private final Desk desk;

    AuditApi(Desk desk) {
        this.desk = desk;
    }

    @GetMapping("/api/audit")
    ResponseEntity<String> read(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request) {
        var page = desk.read(visitor, auditQuery(Query.of(request, FILTERS)));
        var items = page.entries().stream().map(Json.Raw::of).toList();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(new PageBody<>(items, page.nextCursor())));
    }

    static AuditQuery auditQuery(Query query) {
        return new AuditQuery(
                query.text("subject"),
                query.text("type"),
                query.text("server"),
                query.text("tool"),
                query.text("grant"),
                query.text("actor"),
                query.text("outcome"),
                query.time("since"),
                query.time("until"),
                query.limit(),
                query.text("cursor"));
    }
}
