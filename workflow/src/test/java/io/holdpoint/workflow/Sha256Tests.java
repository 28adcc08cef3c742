package io.holdpoint.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sha256Tests {

    /** {@code printf abc | sha256sum}, and FIPS 180-2, B.1. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void aTextIsHashedAsItsUtf8Bytes() {
        assertThat(Sha256.hex("größe")).isEqualTo(Sha256.hex("größe".getBytes(UTF_8)));
    }

    @Test
    void theHashIsWrittenInLowerCase() {
        assertThat(Sha256.hex("abc")).isEqualTo(OF_ABC);
    }

    @Test
    void aDigestOfPiecesIsThatOfTheWhole() {
        var digest = Sha256.digest();
        digest.update("ab".getBytes(UTF_8));
        assertThat(digest.digest("c".getBytes(UTF_8))).isEqualTo(Sha256.digest().digest("abc".getBytes(UTF_8)));
    }
}
