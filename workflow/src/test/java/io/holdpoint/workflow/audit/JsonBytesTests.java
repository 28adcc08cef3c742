package io.holdpoint.workflow.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonBytesTests {

    private static final JsonMapper JACKSON = new JsonMapper();

    private final JsonBytes json = new JsonBytes();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\u0000\u0001\b\t\n\f\r\u001f\u007f\u0080",
                "\"quoted\" and \\back\\slashed\\",
                "\u2028\u2029\ufeff\uffff",
                "é ß 漢字 😀 👩‍⚕️",
                "\ud800",
                "\udc00 first",
                "last \ud83d",
                "\ud83d\ud83d\ude00\ude00",
                "</script>"
            })
    void aStringReadsBackEqual(String text) {
        json.string(text);
        assertThat(JACKSON.readValue(json.copy(), String.class)).isEqualTo(text);
    }

    @Test
    void anySequenceOfCharactersReadsBackEqual() {
        var random = new Random(8);
        for (var round = 0; round < 2_000; round++) {
            var characters = new char[random.nextInt(60)];
            for (var i = 0; i < characters.length; i++) {
                characters[i] = (char) random.nextInt(0x10000);
            }
            var text = new String(characters);
            json.clear();
            json.string(text);
            assertThat(JACKSON.readValue(json.copy(), String.class)).isEqualTo(text);
        }
    }

    @Test
    void everyControlCharacterIsEscapedSoThatAnEntryStaysOneLine() {
        for (var c = 0; c < 0x20; c++) {
            json.string(Character.toString(c));
        }
        assertThat(new String(json.copy(), StandardCharsets.UTF_8)).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void theBytesAreUtf8AsJavaWritesIt() {
        json.string("é漢😀");
        assertThat(json.copy()).isEqualTo("\"é漢😀\"".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLongTextGrowsTheBuffer() {
        var text = "\u0001x".repeat(10_000);
        json.raw("[");
        json.string(text);
        json.raw("]");
        assertThat(JACKSON.readTree(json.copy()).get(0).asString()).isEqualTo(text);
    }
}
