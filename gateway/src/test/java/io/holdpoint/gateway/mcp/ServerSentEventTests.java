package io.holdpoint.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventTests {

    /** The events in a form that can be compared and read. */
    private static List<String> events(byte[] stream, List<Integer> cuts) {
        var found = new ArrayList<String>();
        var decoder = new ServerSentEventDecoder(10_000, event -> found.add(shown(event)));
        var from = 0;
        for (var cut :
                cuts.stream().map(cut -> cut % (stream.length + 1)).sorted().toList()) {
            decoder.feed(stream, from, cut - from);
            from = cut;
        }
        decoder.feed(stream, from, stream.length - from);
        return found;
    }

    private static List<String> events(String stream) {
        return events(Json.utf8(stream), List.of());
    }

    private static String shown(ServerSentEvent event) {
        var parts = new ArrayList<String>();
        event.comment().ifPresent(text -> parts.add("#" + text));
        event.id().ifPresent(text -> parts.add("id=" + text));
        event.type().ifPresent(text -> parts.add("type=" + text));
        event.retry().ifPresent(millis -> parts.add("retry=" + millis));
        event.data().ifPresent(bytes -> parts.add("data=" + Json.text(bytes)));
        return String.join(" ", parts);
    }

    // The four example streams of the standard's own section.
    @Test
    void twoDataLinesAreOneEvent() {
        assertThat(events("data: YHOO\ndata: +2\ndata: 10\n\n")).containsExactly("data=YHOO\n+2\n10");
    }

    @Test
    void commentsAndIdsAreToldApart() {
        assertThat(events(
                        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"))
                .containsExactly("#test stream", "id=1 data=first event", "id= data=second event", "data= third event");
    }

    @Test
    void anEmptyDataLineIsDataButAnUnfinishedEventIsNone() {
        assertThat(events("data\n\ndata\ndata\n\ndata:")).containsExactly("data=", "data=\n");
    }

    @Test
    void oneBlankBehindTheColonIsNoPartOfTheValue() {
        assertThat(events("data:test\n\ndata: test\n\n")).containsExactly("data=test", "data=test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void everyKindOfLineEndCounts(String end) {
        assertThat(events("id: 1|event: message|data: {}||data: x||".replace("|", end)))
                .containsExactly("id=1 type=message data={}", "data=x");
    }

    @Test
    void aByteOrderMarkAtTheBeginningIsDropped() {
        assertThat(events("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly("data=a");
    }

    @Test
    void anIdWithANulIsIgnored() {
        assertThat(events("id: a\u0000b\ndata: x\n\n")).containsExactly("data=x");
    }

    @Test
    void aRetryThatIsNoNumberIsIgnored() {
        assertThat(events("retry: 1s\n"
                        + "retry: -1\n"
                        + "retry: ٣\n"
                        + "retry:\n"
                        + "retry: 99999999999999999999\n"
                        + "data: x\n\n"
                        + "retry: 700\n\n"))
                .containsExactly("data=x", "retry=700");
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(events("Data: x\n data: y\nfoo: z\n\n")).isEmpty();
    }

    @Test
    void aCommentInsideAnEventIsHandedOnAtOnce() {
        assertThat(events("data: a\n:ping\ndata: b\n\n")).containsExactly("#ping", "data=a\nb");
    }

    @Provide
    Arbitrary<String> streams() {
        var pieces = Arbitraries.of(
                "data: é漢\n",
                "data\r\n",
                "\n",
                "\r\n",
                "\r",
                "id: 1\n",
                ": c\n",
                "event: message\r",
                "retry: 5\n",
                "data:{\"a\":1}\r\n\r\n",
                "\uFEFF",
                "x");
        return pieces.list().ofMaxSize(20).map(all -> String.join("", all));
    }

    @Property
    void theEventsAreTheSameInWhateverPiecesTheyCome(
            @ForAll("streams") String stream,
            @ForAll List<@net.jqwik.api.constraints.IntRange(max = 500) Integer> cuts) {
        assertThat(events(Json.utf8(stream), cuts)).isEqualTo(events(stream));
    }

    @Property
    void whatIsEncodedIsDecoded(@ForAll("data") String data, @ForAll boolean hasId) {
        var event = new ServerSentEvent(
                hasId ? Optional.of("e-1") : Optional.empty(),
                Optional.of("message"),
                Optional.of(Json.utf8(data)),
                OptionalLong.of(700),
                Optional.empty());
        assertThat(events(event.encoded(), List.of()))
                .containsExactly(shown(
                        event.withData(Json.utf8(data.replace("\r\n", "\n").replace('\r', '\n')))));
    }

    @Provide
    Arbitrary<String> data() {
        return Arbitraries.strings().withChars("a :\n\ré{}").ofMaxLength(12);
    }

    @Test
    void aMessageIsEncodedAsMcpSendsIt() {
        assertThat(Json.text(
                        ServerSentEvent.message(Json.utf8("{}")).withId("7").encoded()))
                .isEqualTo("id: 7\nevent: message\ndata: {}\n\n");
    }

    @Test
    void aCommentIsEncodedAsALineOfItsOwn() {
        assertThat(Json.text(ServerSentEvent.comment("waiting").encoded())).isEqualTo(": waiting\n\n");
    }

    @Test
    void anIdCannotSmuggleALine() {
        var event = ServerSentEvent.message(Json.utf8("{}"));
        assertThatThrownBy(() -> event.withId("1\ndata: x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "data: x\ndata: x\ndata: x\ndata: x\ndata: x\n"})
    void anEventThatIsTooLargeEndsTheStream(String stream) {
        var decoder = new ServerSentEventDecoder(30, event -> {});
        assertThatThrownBy(() -> decoder.feed(Json.utf8(stream))).isInstanceOf(EventTooLarge.class);
    }

    @Test
    void theSizeCountsAnewForEachEvent() {
        var found = new ArrayList<ServerSentEvent>();
        var decoder = new ServerSentEventDecoder(30, found::add);
        for (var i = 0; i < 100; i++) {
            decoder.feed(Json.utf8(": keep\n\ndata: 0123456789\n:c\n\n"));
        }
        assertThat(found).hasSize(300);
    }

    @Test
    void anEventThatWasCutOffIsKnown() {
        var decoder = new ServerSentEventDecoder(100, event -> {});
        decoder.feed(Json.utf8("data: x\n"));
        assertThat(decoder.isInsideEvent()).isTrue();
    }
}
