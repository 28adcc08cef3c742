package io.holdpoint.gateway.console;

import java.util.regex.Pattern;
import org.springframework.web.util.UriComponentsBuilder;

/** The address of a tool's page. A name that would not do as a part of a path goes into the query. */
final class ToolLink {

    private static final Pattern PLAIN = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9_.-]+");

    private ToolLink() {}

    /** The page with one of the definitions the tool has or had. */
    static String of(String server, String tool, String sha256) {
        return UriComponentsBuilder.fromPath("/tools/one")
                .queryParam("server", "{server}")
                .queryParam("tool", "{tool}")
                .queryParam("definition", "{definition}")
                .encode()
                .buildAndExpand(server, tool, sha256)
                .toUriString();
    }

    static String of(String server, String tool) {
        var plain = PLAIN.matcher(server).matches() && PLAIN.matcher(tool).matches();
        var address = plain
                ? UriComponentsBuilder.fromPath("/tools/{server}/{tool}")
                : UriComponentsBuilder.fromPath("/tools/one")
                        .queryParam("server", "{server}")
                        .queryParam("tool", "{tool}");
        return address.encode().buildAndExpand(server, tool).toUriString();
    }
}
