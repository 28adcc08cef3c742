package io.holdpoint.gateway.mcp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * A server's response to {@code tools/list}, and the same one as an agent may see it. Only what has to change is
 * changed: every other byte, white space and unknown member stays. Immutable and safe for any thread.
 */
public final class ToolListing {

    /**
     * One tool of the list.
     *
     * @param name empty where the server gave none
     * @param definition the bytes of the whole object in the response
     */
    public record Tool(String name, Span definition) {
        public Tool {
            Objects.requireNonNull(name);
            Objects.requireNonNull(definition);
        }
    }

    private record Edit(int from, int to, byte[] instead) {}

    private static final byte[] PRIVATE = new JsonBytes().text("private").toBytes();

    private final byte[] response;
    private final int mostTools;
    private final List<Tool> tools = new ArrayList<>();

    /** Inside the brackets. */
    private Span list = Span.ABSENT;

    private boolean hasList;
    private Optional<String> nextCursor = Optional.empty();
    private Span publicScope = Span.ABSENT;
    private Span ttl = Span.ABSENT;
    private BigDecimal ttlMs = BigDecimal.ZERO;

    private ToolListing(byte[] response, int mostTools) {
        this.response = response;
        this.mostTools = mostTools;
    }

    /**
     * Reads a response.
     *
     * @param response kept, not copied; nobody may change it afterwards
     * @throws UnreadableAnswer if it is not one well-formed JSON object
     */
    public static ToolListing read(byte[] response) {
        return read(response, Integer.MAX_VALUE);
    }

    /**
     * Reads a response that may have so many tools at most.
     *
     * @param response kept, not copied; nobody may change it afterwards
     * @throws UnreadableAnswer if it is not one well-formed JSON object, or has more tools
     */
    public static ToolListing read(byte[] response, int mostTools) {
        try (var cursor = AnswerReader.open(response)) {
            var listing = new ToolListing(response, mostTools);
            listing.read(cursor);
            return listing;
        } catch (JacksonException malformed) {
            throw AnswerReader.unreadable(malformed);
        }
    }

    private void read(Cursor cursor) {
        while (cursor.nextMember()) {
            var isResult = cursor.name().equals("result");
            cursor.next();
            if (isResult && cursor.isObject()) {
                result(cursor);
            } else {
                cursor.skip();
            }
        }
        AnswerReader.requireEnd(cursor);
    }

    private void result(Cursor cursor) {
        while (cursor.nextMember()) {
            var member = cursor.name();
            cursor.next();
            if (member.equals("tools") && cursor.isArray()) {
                tools(cursor);
            } else if (member.equals("nextCursor") && cursor.isText()) {
                nextCursor = Optional.of(cursor.text());
            } else if (member.equals("cacheScope")) {
                publicScope = cursor.isText() && cursor.text().equals("private") ? Span.ABSENT : cursor.span();
            } else if (member.equals("ttlMs") && cursor.isNumber()) {
                ttlMs = cursor.number();
                ttl = cursor.span();
            } else {
                cursor.skip();
            }
        }
    }

    private void tools(Cursor cursor) {
        hasList = true;
        var from = cursor.from() + 1;
        cursor.next();
        while (!cursor.isArrayEnd()) {
            if (tools.size() == mostTools) {
                throw new UnreadableAnswer("it has more than %d tools".formatted(mostTools));
            }
            tools.add(tool(cursor));
            cursor.next();
        }
        list = new Span(from, cursor.to() - 1);
    }

    private static Tool tool(Cursor cursor) {
        if (!cursor.isObject()) {
            return new Tool("", cursor.span());
        }
        var from = cursor.from();
        var name = "";
        while (cursor.nextMember()) {
            var isName = cursor.name().equals("name");
            cursor.next();
            if (isName && cursor.isText()) {
                name = cursor.text();
            }
            cursor.skip();
        }
        return new Tool(name, new Span(from, cursor.to()));
    }

    /** Whether the server answered with a list, however short. */
    public boolean hasList() {
        return hasList;
    }

    /** The tools in the server's order; empty for an error. */
    public List<Tool> tools() {
        return List.copyOf(tools);
    }

    /** Where the list goes on; empty on the last page. */
    public Optional<String> nextCursor() {
        return nextCursor;
    }

    /**
     * The response as an agent may see it. A response without a list, such as an error, stays as it is.
     *
     * @param listed which tools stay, by name; one without a name never does
     * @param own definitions to add, as JSON; only the last page gets them
     * @param longestTtlMs what {@code ttlMs} becomes where it is more
     */
    public byte[] edited(Predicate<String> listed, List<byte[]> own, long longestTtlMs) {
        if (!hasList) {
            return response;
        }
        var edits = new ArrayList<Edit>();
        var kept = tools.stream()
                .filter(tool -> !tool.name().isEmpty() && listed.test(tool.name()))
                .collect(Collectors.toUnmodifiableSet());
        var added = nextCursor.isPresent() ? List.<byte[]>of() : own;
        if (kept.size() < tools.size() || !added.isEmpty()) {
            edits.add(new Edit(list.from(), list.to(), written(kept, added)));
        }
        if (publicScope.isPresent()) {
            edits.add(new Edit(publicScope.from(), publicScope.to(), PRIVATE));
        }
        if (ttlMs.compareTo(BigDecimal.valueOf(longestTtlMs)) > 0) {
            edits.add(new Edit(
                    ttl.from(), ttl.to(), new JsonBytes().raw(longestTtlMs).toBytes()));
        }
        return applied(edits);
    }

    /** What stands between the tools that stay, stays: white space and commas. */
    private byte[] written(Set<Tool> kept, List<byte[]> added) {
        var json = new JsonBytes()
                .raw(
                        response,
                        list.from(),
                        tools.isEmpty() ? list.to() : definition(0).from());
        var first = true;
        for (var i = 0; i < tools.size(); i++) {
            if (kept.contains(tools.get(i))) {
                var from = first ? definition(i).from() : definition(i - 1).to();
                json.raw(response, from, definition(i).to());
                first = false;
            }
        }
        for (var own : added) {
            json.raw(first ? "" : ",").raw(own);
            first = false;
        }
        return tools.isEmpty()
                ? json.toBytes()
                : json.raw(response, definition(tools.size() - 1).to(), list.to())
                        .toBytes();
    }

    private Span definition(int tool) {
        return tools.get(tool).definition();
    }

    private byte[] applied(List<Edit> edits) {
        if (edits.isEmpty()) {
            return response;
        }
        edits.sort(Comparator.comparingInt(Edit::from));
        var json = new JsonBytes();
        var at = 0;
        for (var edit : edits) {
            json.raw(response, at, edit.from()).raw(edit.instead());
            at = edit.to();
        }
        return json.raw(response, at, response.length).toBytes();
    }
}
