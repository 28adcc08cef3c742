package io.holdpoint.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageReaderPropertyTests {

    private static final MessageReader READER = new MessageReader(64);

    @Provide
    Arbitrary<String> values() {
        var texts = Arbitraries.strings()
                .withChars("ab\u0000\n\"\\/é€漢 ")
                .ofMaxLength(6)
                .map(text -> Json.STRICT.writeValueAsString(text));
        var emoji = Arbitraries.of("\"😀\"", "\"\\uD83D\\uDE00\"", "\"\\u0061\"", "\"\"");
        var numbers =
                Arbitraries.of("0", "-0", "1", "1.0", "1e0", "9007199254740993", "0.10000000000000000001", "-3E+5");
        var words = Arbitraries.of("true", "false", "null", "{}", "[]", " [ ] ", "{ }");
        var leaves = Arbitraries.oneOf(texts, emoji, numbers, words);
        return Arbitraries.lazyOf(
                () -> leaves,
                () -> leaves,
                () -> values().list().ofMaxSize(3).map(all -> "[" + String.join(" ,", all) + "]"),
                () -> objects());
    }

    private Arbitrary<String> objects() {
        var names = Arbitraries.of("a", "b", "é", "name", "\\n", "漢", "")
                .list()
                .uniqueElements()
                .ofMaxSize(3);
        return Combinators.combine(names, values())
                .as((keys, value) -> keys.stream()
                        .map(key -> "\"" + key + "\" :" + value)
                        .collect(Collectors.joining(",\n", "{", "}")));
    }

    @Provide
    Arbitrary<String> calls() {
        var names = Arbitraries.of("pay", "größe", "\\u0061", "\uD83D\uDE00", "a\\\"b");
        return Combinators.combine(names, objects(), values(), Arbitraries.shuffle(List.of(0, 1, 2, 3)))
                .as((name, arguments, extra, order) -> {
                    var params = "\"params\": {\"arguments\" :%s, \"other\":%s,\"name\":\"%s\" }"
                            .formatted(arguments, extra, name);
                    var members = List.of("\"jsonrpc\":\"2.0\"", "\"id\":\"é1\"", "\"method\":\"tools/call\"", params);
                    return order.stream().map(members::get).collect(Collectors.joining(", ", "{", "}"));
                });
    }

    /** One byte changed, lost or doubled: somewhere a quote, a bracket, half a character. */
    @Provide
    Arbitrary<byte[]> damagedCalls() {
        var bytes = Arbitraries.of(
                (byte) '"',
                (byte) '\\',
                (byte) '{',
                (byte) '}',
                (byte) ',',
                (byte) ':',
                (byte) '0',
                (byte) 'a',
                (byte) 0xC3,
                (byte) 0x80,
                (byte) 0,
                (byte) ' ',
                (byte) 'u',
                (byte) '[',
                (byte) 'e');
        return Combinators.combine(
                        calls(),
                        Arbitraries.doubles().between(0, 1),
                        bytes,
                        Arbitraries.integers().between(0, 2))
                .as((call, where, value, kind) -> damaged(Json.utf8(call), where, value, kind));
    }

    private static byte[] damaged(byte[] call, double where, byte value, int kind) {
        var at = (int) (where * (call.length - 1));
        var json = new JsonBytes().raw(call, 0, at);
        if (kind != 2) {
            json.raw(new byte[] {value});
        }
        return json.raw(call, kind == 1 ? at : at + 1, call.length).toBytes();
    }

    private static void assertReadsTheSameElsewhere(Message message) {
        var other = Json.tree(message.body());
        assertThat(message.method()).isEqualTo(other.path("method").asString(""));
        assertThat(message.name()).isEqualTo(other.path("params").path("name").asString(""));
        var arguments = other.path("params").path("arguments");
        assertThat(message.arguments().isPresent()).isEqualTo(!arguments.isMissingNode());
        if (message.arguments().isPresent()) {
            assertThat(Json.tree(message.arguments().of(message.body()))).isEqualTo(arguments);
        }
        assertThat(Json.tree(message.id().of(message.body()))).isEqualTo(other.path("id"));
    }

    @Property
    void everyWellFormedCallIsAcceptedAndReadsTheSameElsewhere(@ForAll("calls") String call) {
        assertReadsTheSameElsewhere(READER.read(Json.utf8(call)));
    }

    @Property(tries = 5000)
    void whatIsAcceptedReadsTheSameElsewhere(@ForAll("damagedCalls") byte[] body) {
        accepted(body)
                .filter(message -> message.kind() == Message.Kind.REQUEST)
                .ifPresent(MessageReaderPropertyTests::assertReadsTheSameElsewhere);
    }

    private static Optional<Message> accepted(byte[] body) {
        try {
            return Optional.of(READER.read(body));
        } catch (Unacceptable refused) {
            return Optional.empty();
        }
    }
}
