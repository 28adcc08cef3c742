package io.holdpoint.gateway.console;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Policies for programs: every version, what is in force, and how the last look at the files went. */
@RestController
class PoliciesApi {

    private final PolicyShelf shelf;

    PoliciesApi(PolicyShelf shelf) {
        this.shelf = shelf;
    }

    record PoliciesBody(List<VersionBody> items, PolicyShelf.LastLook lastLook) {}

    record VersionBody(String file, String sha256, Instant since, boolean inForce, List<String> grants) {}

    @GetMapping("/api/policies")
    ResponseEntity<String> list(@AuthenticationPrincipal Visitor visitor) {
        visitor.mustSeeConfiguration();
        var items = shelf.entries().stream()
                .map(entry ->
                        new VersionBody(entry.file(), entry.sha256(), entry.since(), entry.isInForce(), entry.grants()))
                .toList();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(new PoliciesBody(items, shelf.lastLook())));
    }

    /** The document as it was, whatever it is written in. */
    @GetMapping("/api/policies/{sha256}")
    ResponseEntity<String> text(@AuthenticationPrincipal Visitor visitor, @PathVariable String sha256) {
        visitor.mustSeeConfiguration();
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(shelf.text(sha256).orElseThrow(Refused::notFound));
    }
}
