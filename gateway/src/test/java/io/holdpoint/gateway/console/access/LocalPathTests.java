package io.holdpoint.gateway.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTests {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/audit", "/approvals/apr_1", "/audit?since=2026-11-20T09%3A00Z&cursor=x", "/a#b"})
    void aPageOfOursIsKept(String path) {
        assertThat(LocalPath.orInbox(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "audit",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/\t/evil.example",
                "/a/..//evil.example",
                "/./x",
                "https://evil.example/",
                "https:evil.example",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: x=y",
                "/a b",
                "/{x}",
                "/\u00e9",
                "/api/approvals",
                "/sign-in",
                "/sign-out"
            })
    void anythingElseIsTheInbox(String path) {
        assertThat(LocalPath.orInbox(path)).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(ints = {2_001, 1_000_000})
    void aPathWithoutAnEndIsTheInbox(int length) {
        assertThat(LocalPath.orInbox("/" + "a".repeat(length - 1))).isEqualTo("/");
    }
}
