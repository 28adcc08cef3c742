package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Catalog.ServerUnreadable;
import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls that wait for their tool's definition. */
class LearningTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String ALLOW = "{\"version\":\"1\",\"default\":\"allow\"}";

    private final OneCall one = new OneCall("delete_all");
    private final Catalog catalog = mock();
    private final AuditLog audit = mock();
    private final Refusals refusals =
            new Refusals(audit, new TransactionTemplate(mock(PlatformTransactionManager.class)));
    private final CompletableFuture<Definition> reading = new CompletableFuture<>();
    private final List<ToolCall> known = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private volatile Grants grants = new Grants(List.of(OneCall.GRANT));
    private final Learning learning =
            new Learning(catalog, new Renewal(() -> grants, Clock.systemUTC()), new Busy(refusals), 1);

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void aCallWhoseToolIsKnownGoesOnAtOnce() {
        reading.complete(listed(Risk.CRITICAL));
        learn();
        assertThat(known).extracting(ToolCall::definition).containsExactly(listed(Risk.CRITICAL));
    }

    @Test
    void aCallWaitsOnNoThreadAndGoesOnByItsLoop() {
        learn();
        reading.complete(listed(Risk.CRITICAL));
        assertThat(known).isEmpty();
        one.sent();
        assertThat(known).extracting(ToolCall::definition).containsExactly(listed(Risk.CRITICAL));
    }

    @Test
    void aCallGoesOnUnderThePolicyOfAfterTheReading() {
        var access = OneCall.access(ALLOW);
        learn();
        grants = new Grants(List.of(OneCall.grantWith(access)));
        read(listed(Risk.LOW));
        assertThat(known).extracting(ToolCall::access).containsExactly(access);
    }

    @Test
    void aCallWhoseGrantWasTakenOutMeanwhileIsToldSo() {
        learn();
        grants = new Grants(List.of());
        read(listed(Risk.LOW));
        assertThat(told).containsExactly("changed");
    }

    @Test
    void whatWasReadOfAServerThatIsTrustedOtherwiseByNowDoesNotCount() {
        learn();
        var server = configuredAnew(1);
        given(catalog.learn(eq(server), any(), any()))
                .willReturn(CompletableFuture.completedFuture(listed(Risk.CRITICAL)));
        read(listed(Risk.LOW));
        assertThat(known)
                .singleElement()
                .extracting(call -> call.definition().risk())
                .isEqualTo(Risk.CRITICAL);
    }

    @Test
    void theFaultOfAServerThatIsConfiguredOtherwiseByNowDoesNotCount() {
        learn();
        var server = configuredAnew(1);
        given(catalog.learn(eq(server), any(), any())).willReturn(CompletableFuture.completedFuture(listed(Risk.LOW)));
        reading.completeExceptionally(new ServerUnreadable("HTTP 503", null));
        one.sent();
        assertThat(known).hasSize(1);
    }

    @Test
    void aServerThatIsConfiguredAnewEachTimeIsGivenUp() {
        given(catalog.learn(any(), any(), any())).willAnswer(look -> {
            Server looked = look.getArgument(0);
            configuredAnew((int) looked.timeout().toSeconds() + 1);
            return CompletableFuture.completedFuture(listed(Risk.LOW));
        });
        learning.learn(one.call(), MINUTE, new Ears());
        assertThat(told).containsExactly("changed");
        then(catalog).should(times(3)).learn(any(), any(), any());
    }

    @Test
    void whyAServerCannotBeReadIsTold() {
        learn();
        reading.completeExceptionally(new ServerUnreadable("HTTP 503", null));
        one.sent();
        assertThat(told).containsExactly("HTTP 503");
    }

    @Test
    void aCallWhoseExchangeIsOverGoesNowhere() {
        learn();
        Answers.empty(one.call().exchange(), 202);
        read(listed(Risk.LOW));
        assertThat(known).isEmpty();
    }

    @Test
    void moreCallsThanMayWaitAreRefusedAndCounted() {
        learn();
        learn();
        assertThat(one.sent()).contains("(busy)");
        refusals.write();
        then(audit)
                .should()
                .append(List.of(new AuditEntry.MessageRefused(
                        "imaging", Optional.of("agent"), 429, "Too many calls wait at this moment. Try again.", 1)));
    }

    @Test
    void whoGoesOnMakesRoomForTheNext() {
        learn();
        read(listed(Risk.LOW));
        given(catalog.learn(any(), any(), any())).willReturn(new CompletableFuture<>());
        learning.learn(one.call(), MINUTE, new Ears());
        refusals.write();
        then(audit).should(times(0)).append(anyList());
    }

    private void learn() {
        given(catalog.learn(one.call().access().server(), "delete_all", MINUTE)).willReturn(copy());
        learning.learn(one.call(), MINUTE, new Ears());
    }

    /** As the catalogue does: a fault is the cause of what is thrown. */
    private CompletableFuture<Definition> copy() {
        return reading.thenApply(read -> read);
    }

    private void read(Definition definition) {
        reading.complete(definition);
        one.sent();
    }

    private Server configuredAnew(int seconds) {
        var server = OneCall.server(Duration.ofSeconds(seconds), true);
        grants = new Grants(List.of(OneCall.grantWith(OneCall.access(server, ALLOW))));
        return server;
    }

    private static Definition listed(Risk risk) {
        return new Definition("delete_all", "ab".repeat(32), "{}", Category.DESTRUCTIVE, risk, Instant.EPOCH);
    }

    private final class Ears implements Learning.Next {
        @Override
        public void known(ToolCall now) {
            known.add(now);
        }

        @Override
        public void unreadable(String why) {
            told.add(why);
        }

        @Override
        public void changed() {
            told.add("changed");
        }
    }
}
