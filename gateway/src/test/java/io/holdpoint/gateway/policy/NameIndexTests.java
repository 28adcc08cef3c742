package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The index answers as if each glob were tried in its turn. */
class NameIndexTests {

    @Property(tries = 2000, seed = "20261124")
    void theFirstGlobThatMatchesIsFound(@ForAll("globs") List<String> globs, @ForAll("names") String name) {
        var index = new NameIndex<>(globs.stream()
                .map(glob -> new NameIndex.Entry<>(new Glob(glob), glob))
                .toList());

        var tried = globs.stream().filter(glob -> new Glob(glob).matches(name)).findFirst();
        assertThat(index.first(name)).isEqualTo(tried);
    }

    @Provide
    Arbitrary<List<String>> globs() {
        return Arbitraries.strings()
                .withChars("ab*")
                .ofMaxLength(5)
                .list()
                .ofMaxSize(12)
                .map(globs -> globs.stream().sorted(Comparator.reverseOrder()).toList());
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("ab").ofMaxLength(6);
    }
}
