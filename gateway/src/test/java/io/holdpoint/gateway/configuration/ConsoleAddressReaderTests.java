package io.holdpoint.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.gateway.document.FaultyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleAddressReaderTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.ssl.bundle: console                         | true",
                "server.ssl.key-store: keys.p12                     | true",
                "server: { ssl: { certificate: a, enabled: true } } | true",
                "server.ssl: { key-store: keys.p12, enabled: false }| false",
                "logging.level.root: WARN                           | false",
            })
    void theConsoleSpeaksTlsWhereSpringBootWillMakeIt(String line, boolean isEncrypted) throws IOException {
        assertThat(read("holdpoint: {}\n" + line).isEncrypted()).isEqualTo(isEncrypted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"servers: 7", "keys: { data: \"${NOT_SET}\" }", "grants: {}, grants: {}", "grants: &all {}"})
    void whatIsWrongElsewhereDoesNotStandInTheWay(String elsewhere) throws IOException {
        var address = read("holdpoint: { console: { port: 7 }, %s }".formatted(elsewhere));
        assertThat(address.settings().port()).isEqualTo(7);
    }

    @Test
    void aFileThatIsNoDocumentIsAFault() {
        assertThatThrownBy(() -> read("holdpoint: {")).isInstanceOf(FaultyDocument.class);
    }

    @ParameterizedTest
    @CsvSource({"port: many", "prot: 7", "address: \"${NOT_SET}\"", "'port: 7, port: 8'"})
    void whatIsWrongWithTheConsoleIsAFault(String line) {
        assertThatThrownBy(() -> read("holdpoint: { console: { %s } }".formatted(line)))
                .isInstanceOf(FaultyDocument.class)
                .hasMessageContaining("holdpoint.console.");
    }

    private ConsoleAddress read(String text) throws IOException {
        var file = Files.writeString(directory.resolve("holdpoint.yaml"), text);
        return new ConfigurationReader(name -> Optional.empty(), Set.of()).readConsole(file);
    }
}
