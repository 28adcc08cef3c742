package io.holdpoint.gateway.policy.argument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class JsonTextTests {

    /** A letter of no version of Unicode yet, a mark that turns letters around, a blank, half a letter, and controls. */
    private static final String ODD = "\u0378\u202e\u00a0\ud800\u0001\n\"\\";

    @Test
    void peopleAreShownWhatDoesNotShow() {
        var text = new StringBuilder();
        JsonText.quote(text, ODD);
        assertThat(text).hasToString("\"\\u0378\\u202e\\u00a0\\ud800\\u0001\\n\\\"\\\\\"");
    }

    @Test
    void whatIsHashedDoesNotDependOnWhichLettersThisJavaKnows() {
        assertThat(Values.canonical(JsonNodeFactory.instance.stringNode(ODD)))
                .isEqualTo("\"\u0378\u202e\u00a0\\ud800\\u0001\\n\\\"\\\\\"");
    }
}
