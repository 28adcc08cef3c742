package io.holdpoint.gateway.enforcement;

import io.netty.util.AsciiString;

/** A set of header names, and all that begin with {@code Mcp-}; upper and lower case are one (RFC 9110, 5.1). */
final class HeaderNames {

    private static final String MCP = "mcp-";

    private final CharSequence[] names;

    HeaderNames(CharSequence... names) {
        this.names = names.clone();
    }

    /** Asked for every header of every call: no name is copied or turned into another case. */
    boolean contains(CharSequence name) {
        if (AsciiString.regionMatches(name, true, 0, MCP, 0, MCP.length())) {
            return true;
        }
        for (var one : names) {
            if (AsciiString.contentEqualsIgnoreCase(one, name)) {
                return true;
            }
        }
        return false;
    }
}
