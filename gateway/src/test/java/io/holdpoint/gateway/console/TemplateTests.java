package io.holdpoint.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What no page may contain, whatever it shows. */
class TemplateTests {

    static Stream<Resource> templates() throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath:/templates/**/*.html"));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void noTemplateWritesTextUnescaped(Resource template) throws IOException {
        assertThat(text(template)).doesNotContain("utext").doesNotContain("[(").doesNotContain("th:inline");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void noTemplateNeedsAScriptOrAStyleOfItsOwn(Resource template) throws IOException {
        assertThat(text(template))
                .doesNotContainIgnoringCase("<script")
                .doesNotContainIgnoringCase("<style")
                .doesNotContainPattern("(?i)\\s(style|on[a-z]+)=");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void noTemplateLoadsAnythingFromElsewhere(Resource template) throws IOException {
        assertThat(text(template).replace("http://www.thymeleaf.org", "")).doesNotContain("http");
    }

    private static String text(Resource template) throws IOException {
        return template.getContentAsString(StandardCharsets.UTF_8).replace("http-equiv", "");
    }
}
