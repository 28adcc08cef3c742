package io.holdpoint.gateway.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Metrics in Prometheus' text format (spec 09, Seen from outside), for whoever may see the configuration. */
@RestController
class MetricsApi {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    MetricsApi(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @GetMapping("/metrics")
    ResponseEntity<String> scrape(@AuthenticationPrincipal Visitor visitor) {
        visitor.mustSeeConfiguration();
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, TEXT_FORMAT).body(registry.scrape());
    }
}
