package io.holdpoint.gateway.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.people.PersonId;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UncheckedTriesTests {

    private static final Optional<PersonId> ANA = Optional.of(new PersonId("ana"));

    private final Queue<Runnable> inAMinute = new ArrayDeque<>();
    private final UncheckedTries tries = new UncheckedTries(inAMinute::add);

    @Test
    void allTriesOfAMinuteAreOneWarningWithTheirNumber(CapturedOutput output) {
        tries.count(ANA);
        tries.count(Optional.empty());
        tries.count(ANA);
        assertThat(inAMinute).hasSize(1);
        inAMinute.remove().run();
        assertThat(output).containsOnlyOnce("{(nobody's name)=1, ana=2}");
    }

    @Test
    void theNextMinuteIsCountedAnew(CapturedOutput output) {
        tries.count(ANA);
        inAMinute.remove().run();
        tries.count(Optional.empty());
        inAMinute.remove().run();
        assertThat(output).contains("{ana=1}", "{(nobody's name)=1}");
    }
}
