package io.holdpoint.gateway.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.console.HandClock;
import io.holdpoint.workflow.people.PersonId;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignInLinksTests {

    private static final PersonId ANA = new PersonId("ana");

    private final HandClock clock = new HandClock();
    private final SignInLinks links = new SignInLinks(clock);

    @Test
    void aLinkHoldsAToken256BitsLong() {
        assertThat(links.issue(ANA)).matches("/sign-in/[A-Za-z0-9_-]{43}");
    }

    @Test
    void everyLinkIsAnother() {
        assertThat(IntStream.range(0, 100).mapToObj(i -> links.issue(ANA)).collect(Collectors.toSet()))
                .hasSize(100);
    }

    @Test
    void aLinkWorksOnce() {
        var token = issued();
        links.take(token);
        assertThat(links.take(token)).isEmpty();
    }

    @Test
    void lookingAtALinkDoesNotUseItUp() {
        var token = issued();
        links.look(token);
        assertThat(links.look(token)).contains(ANA);
    }

    @Test
    void aLinkIsGoodForADay() {
        var token = issued();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(links.look(token)).contains(ANA);
    }

    @Test
    void aLinkOlderThanADayDoesNotSignIn() {
        var token = issued();
        clock.advance(Duration.ofHours(24));
        assertThat(links.take(token)).isEmpty();
    }

    @Test
    void aLinkGivenBackWorksAgain() {
        var token = issued();
        links.giveBack(links.take(token).orElseThrow());
        assertThat(links.take(token)).map(SignInLinks.Link::person).contains(ANA);
    }

    @Test
    void ofManyWhoTakeALinkAtOnceOneGetsIt() throws InterruptedException {
        var token = issued();
        var threads = Executors.newFixedThreadPool(8);
        var taken = new LongAdder();
        Callable<Void> take = () -> {
            links.take(token).ifPresent(link -> taken.increment());
            return null;
        };
        try {
            threads.invokeAll(IntStream.range(0, 200).mapToObj(i -> take).toList());
            assertThat(taken.sum()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private String issued() {
        return links.issue(ANA).substring("/sign-in/".length());
    }
}
