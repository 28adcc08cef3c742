package io.holdpoint.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LettersTests {

    @ParameterizedTest
    @CsvSource({"4,a😀b", "3,a😀…", "2,a…", "1,a…", "0,…"})
    void aTextIsClippedBetweenLetters(int longest, String clipped) {
        assertThat(Letters.clip("a😀b", longest)).isEqualTo(clipped);
    }

    @Test
    void whatDoesNotShowIsWrittenOut() {
        assertThat(Visible.of("a\u202eb\u00a0\u2028😀")).isEqualTo("a\\u202eb\\u00a0\\u2028😀");
    }

    @ParameterizedTest
    @CsvSource({"a/b,/a~1b", "~1,/~01", "'',/"})
    void aPointerLeadsBackToTheNamesItWasMadeOf(String name, String step) {
        assertThat(Pointer.step(name)).isEqualTo(step);
        assertThat(Pointer.steps("/tools" + step)).containsExactly("tools", name);
    }
}
