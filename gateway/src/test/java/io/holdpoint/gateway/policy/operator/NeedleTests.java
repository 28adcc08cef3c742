package io.holdpoint.gateway.policy.operator;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/** A needle is found where the library finds it. */
class NeedleTests {

    @Property
    void itIsFoundWhereTheLibraryFindsIt(
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 8) String needle,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 40) String text) {
        assertThat(new Needle(needle).isIn(text)).isEqualTo(text.contains(needle));
    }
}
