package io.holdpoint.gateway.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostsTests {

    private final KnownHosts hosts = new KnownHosts(new ConsoleSettings(
            "192.168.1.5",
            8081,
            Optional.of(URI.create("https://approve.example.org")),
            List.of("inside.example.org", "exact.example.org:9000")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8081",
                "LOCALHOST:8081",
                "127.0.0.1:8081",
                "[::1]:8081",
                "192.168.1.5:8081",
                "approve.example.org",
                "Approve.Example.org:443",
                "inside.example.org:1234",
                "exact.example.org:9000"
            })
    void itsOwnNamesAreKnown(String host) {
        assertThat(hosts.knows(Optional.of(host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "localhost:8081@evil.example",
                "evil.example#localhost",
                "exact.example.org",
                "exact.example.org:9001",
                "approve.example.org.",
                "0.0.0.0:8081",
                "localhost:",
                " localhost",
                ""
            })
    void otherNamesAreNot(String host) {
        assertThat(hosts.knows(Optional.of(host))).isFalse();
    }

    @Test
    void noNameAtAllIsNotKnown() {
        assertThat(hosts.knows(Optional.empty())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void anAddressThatMeansAnyIsNoName(String address) {
        var everywhere = new KnownHosts(new ConsoleSettings(address, 8081, Optional.empty(), List.of()));
        assertThat(everywhere.knows(Optional.of(address.equals("::") ? "[::]" : address)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8081, localhost:8081, true",
        "https://localhost:8081, localhost:8081, true",
        "https://approve.example.org, 127.0.0.1:8081, true",
        "http://localhost:3000, localhost:8081, false",
        "https://inside.example.org, localhost:8081, false",
        "null, localhost:8081, false",
        "https://evil.example, localhost:8081, false",
        "file://localhost:8081, localhost:8081, false"
    })
    void aPageIsOursIfItsOriginIsWhereTheRequestWent(String origin, String host, boolean ours) {
        assertThat(hosts.isOurs(origin, Optional.of(host))).isEqualTo(ours);
    }
}
