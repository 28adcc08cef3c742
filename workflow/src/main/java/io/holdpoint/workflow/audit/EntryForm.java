package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.CallSummary;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The form one entry after another is filled in on: begin, its fields in the order of spec 08, end. Not safe for use by
 * several threads.
 */
final class EntryForm {

    /** RFC 3339 in UTC, always six digits of the second. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** Longer texts, which only an agent would choose, are cut in the body. */
    private static final int LONGEST = 2_000;

    private final SecureRandom random;
    private final String time;
    private final boolean alone;
    private final JsonBytes json = new JsonBytes();

    private String type = "";
    private String actor = "";
    private @Nullable String subject;
    private @Nullable String server;
    private @Nullable String tool;
    private @Nullable String grant;
    private @Nullable String outcome;
    private List<Commitment> commitments = List.of();
    private boolean inData;

    EntryForm(SecureRandom random, Instant at) {
        this(random, at, false);
    }

    /** @param alone whether each entry says that owners may approve their own calls */
    EntryForm(SecureRandom random, Instant at, boolean alone) {
        this.random = random;
        this.alone = alone;
        time = "{\"time\":\"" + TIME.format(at) + "\",\"type\":\"";
    }

    EntryForm begin(String entryType, @Nullable String aboutSubject, Actor by) {
        type = entryType;
        subject = aboutSubject;
        actor = by.id();
        server = null;
        tool = null;
        grant = null;
        outcome = null;
        commitments = List.of();
        inData = false;
        json.clear();
        json.raw(time);
        json.raw(entryType);
        json.raw("\"");
        if (aboutSubject != null) {
            text("subject", aboutSubject);
        }
        actor(by);
        return this;
    }

    private void actor(Actor by) {
        json.raw(",\"actor\":{\"kind\":\"");
        json.raw(by.kind().label());
        json.raw("\"");
        text("id", by.id());
        if (by.channel().isPresent()) {
            text("channel", by.channel().get());
        }
        if (by.assurance().isPresent()) {
            text("assurance", by.assurance().get().label());
        }
        json.raw("}");
    }

    EntryForm call(CallSummary call) {
        server(call.server());
        tool(call.tool());
        grant(call.grant());
        text("rule", call.rule());
        if (!call.policy().isEmpty()) {
            text("policy", call.policy());
        }
        return this;
    }

    EntryForm server(String name) {
        server = name;
        text("server", name);
        return this;
    }

    EntryForm tool(String name) {
        tool = name;
        text("tool", name);
        return this;
    }

    EntryForm grant(String id) {
        grant = id;
        text("grant", id);
        return this;
    }

    EntryForm flow(String id) {
        text("flow", id);
        return this;
    }

    EntryForm digest(String hex) {
        text("digest", hex);
        return this;
    }

    EntryForm outcome(String word) {
        outcome = word;
        text("outcome", word);
        return this;
    }

    EntryForm data(String name, String value) {
        dataMember(name);
        json.string(shortened(value));
        return this;
    }

    EntryForm data(String name, long value) {
        dataMember(name);
        json.raw(Long.toString(value));
        return this;
    }

    EntryForm data(String name, Instant value) {
        return data(name, TIME.format(value));
    }

    EntryForm data(String name, List<String> values) {
        dataMember(name);
        var before = "[";
        for (var value : values) {
            json.raw(before);
            json.string(value);
            before = ",";
        }
        json.raw(values.isEmpty() ? "[]" : "]");
        return this;
    }

    EntryForm data(String name, Map<String, String> values) {
        dataMember(name);
        var before = "{";
        for (var value : new TreeMap<>(values).entrySet()) {
            json.raw(before);
            json.string(value.getKey());
            json.raw(":");
            json.string(value.getValue());
            before = ",";
        }
        json.raw(values.isEmpty() ? "{}" : "}");
        return this;
    }

    EntryForm commit(String name, String value) {
        return commit(name, value.getBytes(StandardCharsets.UTF_8));
    }

    EntryForm commit(String name, byte[] value) {
        if (commitments.isEmpty()) {
            commitments = new ArrayList<>();
        }
        commitments.add(Commitment.to(name, value, random));
        return this;
    }

    EntryRow end() {
        if (alone) {
            dataMember("allowOwner");
            json.raw("true");
        }
        if (inData) {
            json.raw("}");
        }
        if (!commitments.isEmpty()) {
            commitments();
        }
        json.raw("}");
        return new EntryRow(type, subject, actor, server, tool, grant, outcome, json.copy(), commitments);
    }

    private void commitments() {
        var before = ",\"commitments\":{\"";
        for (var commitment : commitments) {
            json.raw(before);
            json.raw(commitment.name());
            json.raw("\":\"");
            json.raw(Base64.getEncoder().encodeToString(commitment.hash()));
            before = "\",\"";
        }
        json.raw("\"}");
    }

    private void dataMember(String name) {
        json.raw(inData ? ",\"" : ",\"data\":{\"");
        json.raw(name);
        json.raw("\":");
        inData = true;
    }

    private void text(String name, String value) {
        json.raw(",\"");
        json.raw(name);
        json.raw("\":");
        json.string(shortened(value));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "… (%d characters)".formatted(text.length());
    }
}
