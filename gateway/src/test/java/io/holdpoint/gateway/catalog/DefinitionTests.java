package io.holdpoint.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A definition with fewer characters than it may have bytes, and more bytes than that. */
class DefinitionTests {

    private static final String JSON =
            "{\"name\":\"tidy\",\"description\":\"Deletes all. %s\"}".formatted("\u00e4".repeat(200_000));

    @Test
    void itsClassIsExplainedAsOneThatIsTooLong() {
        var listed = ListedTool.of("tidy", JSON.getBytes(StandardCharsets.UTF_8));
        var definition = Listing.of(List.of(listed), false, Instant.EPOCH).definition("tidy");
        assertThat(WhyCategory.of(definition, false)).contains("at great length");
    }

    @Test
    void itsWordsAreNotLookedInto() {
        assertThat(ToolText.of(JSON).description()).isEmpty();
    }
}
