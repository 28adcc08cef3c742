package io.holdpoint.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolListingTests {

    private static final List<byte[]> OWN = List.of(Json.utf8("{\"name\":\"own\"}"), Json.utf8("{\"name\":\"own2\"}"));

    private static String page(String tools, String more) {
        return "{ \"jsonrpc\":\"2.0\",\"id\":1, \"result\" :{\"_meta\":{\"n\":1.50,\"é\":\"漢\"},\"tools\":" + tools
                + more + "} }\n";
    }

    private static String edited(String response, Set<String> listed, List<byte[]> own) {
        return Json.text(ToolListing.read(Json.utf8(response)).edited(listed::contains, own, 60_000));
    }

    @Test
    void aListOfMoreToolsThanAllowedIsNotRead() {
        var response = Json.utf8(page("[{},{},{}]", ""));
        assertThat(ToolListing.read(response, 3).tools()).hasSize(3);
        assertThatThrownBy(() -> ToolListing.read(response, 2))
                .isInstanceOf(UnreadableAnswer.class)
                .hasMessage("it has more than 2 tools");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        abc | [ {"name":"a"} , {"x":1.0,"name":"b"}, {"name":"c"} ] | [ {"name":"a"} , {"x":1.0,"name":"b"}, {"name":"c"} ]
        ac  | [ {"name":"a"} , {"x":1.0,"name":"b"}, {"name":"c"} ] | [ {"name":"a"}, {"name":"c"} ]
        bc  | [ {"name":"a"} , {"x":1.0,"name":"b"}, {"name":"c"} ] | [ {"x":1.0,"name":"b"}, {"name":"c"} ]
        ab  | [ {"name":"a"} , {"x":1.0,"name":"b"}, {"name":"c"} ] | [ {"name":"a"} , {"x":1.0,"name":"b"} ]
        b   | [ {"name":"a"} , {"x":1.0,"name":"b"}, {"name":"c"} ] | [ {"x":1.0,"name":"b"} ]
        x   | [ {"name":"a"} , {"x":1.0,"name":"b"}, {"name":"c"} ] | [  ]
        a   | [{"name":"a","d":1},{"name":"b"},{"name":"a","d":2}]  | [{"name":"a","d":1},{"name":"a","d":2}]
        a   | [{"name":"\\u0061"},{"nam\\u0065":"b"}]               | [{"name":"\\u0061"}]
        a   | [{"title":"a"},null,"a",{"name":1},{"name":"a"}]      | [{"name":"a"}]
        a   | []                                                    | []
        """)
    void hiddenToolsAreDroppedAndEverythingElseStays(String listed, String before, String after) {
        var names = Set.copyOf(List.of(listed.split("")));
        assertThat(edited(page(before, ",\"nextCursor\":\"2\""), names, OWN))
                .isEqualTo(page(after, ",\"nextCursor\":\"2\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        [{"name":"a"}]              | [{"name":"a"},{"name":"own"},{"name":"own2"}]
        [ {"name":"a"} ]            | [ {"name":"a"},{"name":"own"},{"name":"own2"} ]
        [{"name":"b"}]              | [{"name":"own"},{"name":"own2"}]
        []                          | [{"name":"own"},{"name":"own2"}]
        """)
    void theLastPageGetsTheGatewaysOwnTools(String before, String after) {
        assertThat(edited(page(before, ""), Set.of("a"), OWN)).isEqualTo(page(after, ""));
    }

    @Test
    void aNullCursorIsNone() {
        assertThat(edited(page("[]", ",\"nextCursor\":null"), Set.of(), OWN)).contains("own2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ,"cacheScope":"public"                  | ,"cacheScope":"private"
        ,"cacheScope" : "private"               | ,"cacheScope" : "private"
        ,"cacheScope":null                      | ,"cacheScope":"private"
        ,"ttlMs":60000                          | ,"ttlMs":60000
        ,"ttlMs":60001,"x":2.50                 | ,"ttlMs":60000,"x":2.50
        ,"ttlMs":1e9,"cacheScope":"public"      | ,"ttlMs":60000,"cacheScope":"private"
        ,"ttlMs": 1e999999999                   | ,"ttlMs": 60000
        ,"x":{"cacheScope":"public","ttlMs":1e9}| ,"x":{"cacheScope":"public","ttlMs":1e9}
        """)
    void theListIsPrivateAndNotKeptForLong(String before, String after) {
        assertThat(edited(page("[{\"name\":\"a\"}]", before), Set.of("a"), List.of()))
                .isEqualTo(page("[{\"name\":\"a\"}]", after));
    }

    @Test
    void whatStandsBeforeTheListIsEditedToo() {
        assertThat(edited(
                        "{\"result\":{\"ttlMs\":70000,\"cacheScope\":\"public\",\"tools\":[{\"name\":\"b\"}]},\"id\":1}",
                        Set.of(),
                        List.of()))
                .isEqualTo("{\"result\":{\"ttlMs\":60000,\"cacheScope\":\"private\",\"tools\":[]},\"id\":1}");
    }

    @Test
    void aToolWithoutANameIsNeverListed() {
        var listing = ToolListing.read(Json.utf8(page("[{\"title\":\"a\"},{\"name\":\"\"}]", "")));
        assertThat(Json.text(listing.edited(name -> true, List.of(), 60_000))).isEqualTo(page("[]", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1,\"error\":{\"tools\":[]}}", "{\"result\":{}}", "{\"result\":{\"tools\":{}}}"})
    void aResponseWithoutAListStaysAsItIs(String response) {
        assertThat(edited(response, Set.of(), OWN)).isEqualTo(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"result\":{\"tools\":[],\"tools\":[]}}",
                "{\"result\":{\"tools\":[}}",
                "{\"result\":{\"ttlMs\":1e99999999999}}",
                "[]",
                "{} {}"
            })
    void aListingThatReadsInTwoWaysIsUnreadable(String response) {
        assertThatThrownBy(() -> ToolListing.read(Json.utf8(response))).isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void eachToolTellsItsNameAndItsBytes() {
        var response = Json.utf8(page("[{\"name\":\"größe\" , \"d\":\"漢\"}]", ""));
        var tool = ToolListing.read(response).tools().get(0);
        assertThat(tool.name()).isEqualTo("größe");
        assertThat(Json.text(tool.definition().of(response))).isEqualTo("{\"name\":\"größe\" , \"d\":\"漢\"}");
    }
}
