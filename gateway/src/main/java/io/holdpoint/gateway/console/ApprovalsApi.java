package io.holdpoint.gateway.console;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalQuery;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Review.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Approvals for programs (spec 05, API of the console). */
@RestController
class ApprovalsApi {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{8,64}");

    private final Desk desk;

    ApprovalsApi(Desk desk) {
        this.desk = desk;
    }

    @GetMapping("/api/approvals")
    ResponseEntity<String> list(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request) {
        var query = Query.of(request, "state", "server", "tool", "grant", "mine", "limit", "cursor");
        var page = desk.list(
                visitor,
                new ApprovalQuery(
                        query.choice("state", stateWords()).map(ApprovalsApi::state),
                        query.text("server"),
                        query.text("tool"),
                        query.text("grant"),
                        query.truth("mine") ? Optional.of(visitor.person().id()) : Optional.empty(),
                        query.limit(),
                        query.text("cursor")));
        return json(new PageBody<>(page.items().stream().map(ApprovalBody::of).toList(), page.nextCursor()));
    }

    @GetMapping("/api/approvals/{id}")
    ResponseEntity<String> one(@AuthenticationPrincipal Visitor visitor, @PathVariable String id) {
        var approval = desk.find(visitor, id);
        var entries = desk.entries(approval).stream().map(Json.Raw::of).toList();
        return json(ApprovalBody.Full.of(approval, desk.surroundings(approval), entries, visitor));
    }

    @PostMapping("/api/approvals/{id}/reviews")
    ResponseEntity<String> review(
            @AuthenticationPrincipal Visitor visitor, @PathVariable String id, HttpServletRequest request)
            throws IOException {
        desk.find(visitor, id);
        var body = Body.read(request, "verdict", "reason", "digest", "arguments");
        var verdict = verdict(body);
        var reason = body.text("reason").filter(text -> !text.isBlank());
        var digest = digest(body);
        refuseArguments(body);
        body.check();
        return json(desk.review(visitor, id, verdict, reason, digest));
    }

    @PostMapping("/api/approvals/{id}/cancel")
    ResponseEntity<String> cancel(
            @AuthenticationPrincipal Visitor visitor, @PathVariable String id, HttpServletRequest request)
            throws IOException {
        desk.findToCancel(visitor, id);
        var body = Body.readOptional(request, "reason");
        var reason = body.text("reason").filter(text -> !text.isBlank());
        body.check();
        return json(desk.cancel(visitor, id, reason.orElse("Cancelled by an operator.")));
    }

    @PostMapping("/api/approvals/{id}/settle")
    ResponseEntity<String> settle(
            @AuthenticationPrincipal Visitor visitor, @PathVariable String id, HttpServletRequest request)
            throws IOException {
        desk.findToSettle(visitor, id);
        var body = Body.read(request, "happened", "note");
        var happened = body.truth("happened");
        var note = body.someText("note");
        body.check();
        return json(desk.settle(visitor, id, happened, note));
    }

    private static Verdict verdict(Body body) {
        var word = body.someText("verdict");
        if (word.equals("approve")) {
            return Verdict.APPROVE;
        }
        if (!word.isBlank() && !word.equals("reject")) {
            body.fault("verdict", "verdict is \"%s\"; use approve or reject".formatted(word));
        }
        return Verdict.REJECT;
    }

    private static Optional<String> digest(Body body) {
        var digest = body.text("digest");
        if (digest.filter(text -> !DIGEST.matcher(text).matches()).isPresent()) {
            body.fault("digest", "digest is not 8 to 64 lower-case hexadecimal digits; send the approval's digest");
        }
        return digest;
    }

    private static void refuseArguments(Body body) {
        if (body.has("arguments")) {
            body.fault("arguments", "arguments cannot be changed yet; approve the call as it is or reject it");
        }
    }

    private static ResponseEntity<String> json(Approval approval) {
        return json(ApprovalBody.of(approval));
    }

    private static ResponseEntity<String> json(Object body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.write(body));
    }

    private static String[] stateWords() {
        return Arrays.stream(ApprovalState.values()).map(ApprovalState::word).toArray(String[]::new);
    }

    private static ApprovalState state(String word) {
        return ApprovalState.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
