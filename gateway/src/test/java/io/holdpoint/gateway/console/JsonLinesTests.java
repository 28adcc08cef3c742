package io.holdpoint.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTests {

    @Test
    void eachMemberStandsOnItsLine() {
        assertThat(JsonLines.of("{\"a\":1,\"b\":[true,null],\"c\":{\"d\":\"x\"},\"e\":{},\"f\":[ ]}"))
                .isEqualTo("""
                {
                  "a": 1,
                  "b": [
                    true,
                    null
                  ],
                  "c": {
                    "d": "x"
                  },
                  "e": {},
                  "f": []
                }""");
    }

    @Test
    void tokensAreNotTouched() {
        assertThat(JsonLines.of("{\"a\" : 1.50E+2, \"a\":\"\\u0041\\\"},{[: \"}"))
                .isEqualTo("{\n  \"a\": 1.50E+2,\n  \"a\": \"\\u0041\\\"},{[: \"\n}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "}}]]", "\"unended", "\"ends in \\", "[{\"a\":", "•••• (32 characters)", "{,}"})
    void textThatIsNoJsonLosesNothingButBlanks(String text) {
        assertThat(JsonLines.of(text).replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
    }

    @Test
    void aTextSoDeepThatBlanksWouldFillTheMemoryIsShownAsItIs() {
        var deep = "[".repeat(480) + "1,".repeat(1_000_000) + "1" + "]".repeat(480);
        assertThat(JsonLines.of(deep)).isEqualTo(deep);
    }

    @Test
    void theBeginningStopsAtItsBoundHoweverLongTheLayoutWouldBe() {
        var deep = "[".repeat(480) + "1,".repeat(1_000_000) + "1" + "]".repeat(480);
        assertThat(JsonLines.beginning(deep, 2_000)).hasSizeLessThan(2_100).endsWith("… (2000961 characters)");
    }

    @Test
    void aShortTextsBeginningIsAllOfIt() {
        assertThat(JsonLines.beginning("[1,2]", 200)).isEqualTo(JsonLines.of("[1,2]"));
    }

    @Test
    void aBeginningNeverEndsInHalfALetter() {
        assertThat(JsonLines.beginning("\"\ud83d\ude00\"", 2)).isEqualTo("\"… (4 characters)");
    }
}
