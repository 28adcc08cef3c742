package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ANA;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.OTHER_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

import io.holdpoint.workflow.audit.AuditPage;
import io.holdpoint.workflow.audit.AuditQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditApiTests extends ConsoleTestCase {

    @Test
    void entriesComeAsTheyAreStored() {
        var entry = "{\"time\":\"2026-11-20T12:00:00.000000Z\",\"type\":\"call.held\",\"n\":1.0}";
        given(log.read(any())).willReturn(new AuditPage(List.of(entry), Optional.of("42")));
        assertThat(get(AUDITOR, "/api/audit"))
                .hasStatusOk()
                .bodyText()
                .isEqualTo("{\"items\":[" + entry + "],\"nextCursor\":\"42\"}");
    }

    @Test
    void theFiltersReachTheLog() {
        get(
                AUDITOR,
                "/api/audit?subject=s&type=t&server=v&tool=o&grant=g&actor=a&outcome=u"
                        + "&since=2026-11-20T10:00:00Z&until=2026-11-20T11:00:00Z&limit=7&cursor=9");
        then(log)
                .should()
                .read(new AuditQuery(
                        Optional.of("s"),
                        Optional.of("t"),
                        Optional.of("v"),
                        Optional.of("o"),
                        Optional.of("g"),
                        Optional.of("a"),
                        Optional.of("u"),
                        Optional.of(Instant.parse("2026-11-20T10:00:00Z")),
                        Optional.of(Instant.parse("2026-11-20T11:00:00Z")),
                        7,
                        Optional.of("9")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=yesterday", "until=2026-13-01T00:00:00Z", "limit=-1", "sort=asc"})
    void aFilterThatIsNotUnderstoodIsRefused(String query) {
        assertThat(get(AUDITOR, "/api/audit?" + query)).hasStatus(400).hasContentType("application/problem+json");
        then(log).should(never()).read(any());
    }

    @Test
    void aReviewerCannotReadTheLogOfAnApprovalTheyDoNotSee() {
        assertThat(get(ANA, "/api/audit?subject=" + OTHER_ID)).hasStatus(404);
        then(log).should(never()).read(any());
    }

    @Test
    void aReviewerCannotReadTheLogByOtherFilters() {
        assertThat(get(ANA, "/api/audit?actor=ana")).hasStatus(404);
    }
}
