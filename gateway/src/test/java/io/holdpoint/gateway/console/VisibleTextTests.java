package io.holdpoint.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.console.VisibleText.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTests {

    @Test
    void plainTextStaysInOnePiece() {
        assertThat(VisibleText.of("Größe 5 µm, 日本, שלום, 🙂"))
                .containsExactly(new Piece("Größe 5 µm, 日本, שלום, 🙂", false));
    }

    @Test
    void aTurnAroundIsShownByItsNumberWhereItStands() {
        assertThat(VisibleText.of("a\u202egnp.exe"))
                .containsExactly(new Piece("a", false), new Piece("U+202E", true), new Piece("gnp.exe", false));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 0x1b, 0x7f, 0x85, 0xa0, 0xad, 0x034f, 0x061c, 0x115f, 0x180e, 0x200b, 0x200d, 0x200e, 0x2028,
                0x2029, 0x202e, 0x2066, 0x2800, 0x3000, 0x3164, 0xd800, 0xe000, 0xfe0f, 0xfeff, 0xffa0, 0xe0041, 0xe0101
            })
    void whatDoesNotShowIsShown(int letter) {
        assertThat(VisibleText.of(Character.toString(letter)))
                .containsExactly(new Piece("U+%04X".formatted(letter), true));
    }

    @Test
    void aLineBreakIsHiddenInWhatStandsOnOneLine() {
        assertThat(VisibleText.of("a\nb")).contains(new Piece("U+000A", true));
    }

    @Test
    void aLineBreakIsOneWhereLinesAreMeant() {
        assertThat(VisibleText.ofLines("a\r\nb")).isEqualTo(List.of(new Piece("a\nb", false)));
    }

    @Test
    void nothingIsNoPiece() {
        assertThat(VisibleText.of("")).isEmpty();
    }
}
