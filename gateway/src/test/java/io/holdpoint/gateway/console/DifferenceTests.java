package io.holdpoint.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.console.VisibleText.Piece;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferenceTests {

    @Test
    void ofVeryManyMembersTheFirstAreShownAndTheOthersCounted() {
        var members =
                IntStream.range(0, 1_000).mapToObj(n -> "\"m" + n + "\":1").collect(Collectors.joining(","));
        assertThat(Difference.between("{}", "{" + members + "}"))
                .hasSize(101)
                .last()
                .satisfies(rest -> assertThat(text(rest.member())).isEqualTo("… and 900 more"));
    }

    @Test
    void aDeepMemberIsShownNoLongerThanAnyOther() {
        var deep = "{\"a\":" + "[".repeat(400) + "1,".repeat(50_000) + "1" + "]".repeat(400) + "}";
        assertThat(Difference.between("{}", deep))
                .singleElement()
                .satisfies(one -> assertThat(text(one.after())).hasSizeLessThan(20_100));
    }

    private static String text(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }
}
