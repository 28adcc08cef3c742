package io.holdpoint.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WelcomeTests {

    private static final Pattern HEADER = Pattern.compile("-H '([^:']+): ([^']+)'");

    @Test
    void theCurlItShowsIsACallThatAServerRuns() throws Exception {
        try (var server = DemoServer.start()) {
            var text = new Welcome(server.url(), "hpg_x", Map.of()).text();
            var body = text.substring(text.indexOf("-d '") + 4, text.indexOf('\'', text.indexOf("-d '") + 4));
            var request = HttpRequest.newBuilder(server.url()).POST(BodyPublishers.ofString(body));
            HEADER.matcher(text).results().forEach(header -> request.header(header.group(1), header.group(2)));

            HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding());

            assertThat(server.executions("delete_study")).isEqualTo(1);
        }
    }

    @Test
    void eachClientsLinesAreJsonThatNamesTheGateway() {
        var text = new Welcome(URI.create("http://127.0.0.1:8080/mcp/imaging"), "hpg_x", Map.of()).text();

        assertThat(Pattern.compile("json +(\\{.*})").matcher(text).results())
                .hasSize(2)
                .allSatisfy(found -> assertThat(
                                new JsonMapper().readTree(found.group(1)).toString())
                        .contains("http://127.0.0.1:8080/mcp/imaging", "Bearer hpg_x"));
    }

    @Test
    void everybodyGetsALinkOfTheirOwn() {
        var links = Map.of("Ana Diaz", URI.create("http://c/sign-in/1"), "Bo Lind", URI.create("http://c/sign-in/2"));

        assertThat(new Welcome(URI.create("http://g/mcp/imaging"), "t", links).text())
                .containsPattern("Ana Diaz +http://c/sign-in/1")
                .containsPattern("Bo Lind +http://c/sign-in/2");
    }
}
