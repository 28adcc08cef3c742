package io.holdpoint.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import io.holdpoint.gateway.catalog.KeptDefinitions.Kept;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.approval.Executions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;

@ExtendWith(OutputCaptureExtension.class)
class DefinitionKeeperTests {

    private static final Server SERVER = new Server(
            "imaging", URI.create("http://127.0.0.1:9/mcp"), Map.of(), Set.of(), Duration.ofSeconds(1), false);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Listing LISTING =
            Listing.of(List.of(new ListedTool("list", "", Map.of(), new byte[] {'{', '}'})), false, NOON);

    private final KeptDefinitions kept = mock(KeptDefinitions.class);
    private final Executions executions = mock(Executions.class);
    private final DefinitionKeeper keeper = new DefinitionKeeper(kept, executions);

    @Test
    void eachReadingVoidsWhatIsBoundToOtherDefinitions() {
        given(kept.keep("imaging", LISTING)).willReturn(kept(Map.of(), NOON));
        read();
        ArgumentCaptor<UnaryOperator<String>> current = ArgumentCaptor.captor();
        then(executions)
                .should()
                .voidOutdated(eq("imaging"), current.capture(), eq(NOON.minusSeconds(15)), eq(Definition.CHANGED));
        assertThat(current.getValue().apply("list"))
                .isEqualTo(LISTING.definition("list").sha256());
        assertThat(current.getValue().apply("other")).isEqualTo(Definition.ABSENT);
    }

    @Test
    void whatWasJustReplacedVoidsWhatWasAskedForUntilNow() {
        given(kept.keep("imaging", LISTING)).willReturn(kept(Map.of("list", "12"), NOON));
        read();
        then(executions).should().voidReplaced("imaging", Map.of("list", "12"), NOON, Definition.CHANGED);
    }

    @Test
    void whatIsCountedOnlyVoidsAllTheSame() {
        given(kept.keep("imaging", LISTING)).willReturn(kept(Map.of(), NOON.plusSeconds(3_600)));
        read();
        then(executions).should().voidOutdated(eq("imaging"), any(), any(), eq(Definition.CHANGED));
    }

    @Test
    void ofReadingsThatWaitTheLatestIsKept() throws Exception {
        var later = new Listing(Map.of(), NOON.plusSeconds(2));
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        given(kept.keep("imaging", LISTING)).willAnswer(call -> {
            begun.countDown();
            go.await();
            return Optional.empty();
        });
        keeper.read(SERVER, LISTING);
        begun.await();
        keeper.read(SERVER, new Listing(Map.of(), NOON.plusSeconds(1)));
        keeper.read(SERVER, later);
        go.countDown();
        keeper.close();
        then(kept).should().keep("imaging", LISTING);
        then(kept).should().keep("imaging", later);
        then(kept).shouldHaveNoMoreInteractions();
    }

    private static Optional<Kept> kept(Map<String, String> replaced, Instant due) {
        return Optional.of(new Kept(replaced.size(), replaced, due));
    }

    @Test
    void aReadingThatCameTooLateVoidsNothing() {
        given(kept.keep("imaging", LISTING)).willReturn(Optional.empty());
        read();
        then(executions).should(never()).voidOutdated(any(), any(), any(), any());
    }

    @Test
    void whatCannotBeKeptIsSaidAndLeftToTheNextReading(CapturedOutput output) {
        given(kept.keep("imaging", LISTING)).willThrow(new DataAccessResourceFailureException("disk full"));
        read();
        assertThat(output).contains("what imaging offers will be kept at the next reading");
    }

    @Test
    void aServerThatCannotBeReadIsSaidOnce(CapturedOutput output) {
        keeper.unreadable(SERVER, "HTTP 503");
        keeper.unreadable(SERVER, "HTTP 504");
        assertThat(output.getAll().split("cannot be read now", -1)).hasSize(2);
        assertThat(keeper.fault("imaging")).contains("HTTP 504");
        keeper.close();
    }

    @Test
    void aServerThatCanBeReadAgainHasNoFault() {
        keeper.unreadable(SERVER, "HTTP 503");
        read();
        assertThat(keeper.fault("imaging")).isEmpty();
    }

    @Test
    void aReadingAfterTheEndIsNobodysTrouble() {
        keeper.close();
        keeper.read(SERVER, LISTING);
        then(kept).shouldHaveNoInteractions();
    }

    /** Closing waits for what was begun. */
    private void read() {
        keeper.read(SERVER, LISTING);
        keeper.close();
    }
}
