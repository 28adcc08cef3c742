package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ADMIN;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.NOON;
import static io.holdpoint.gateway.console.Samples.OPERATOR;
import static io.holdpoint.gateway.console.Tools.IMAGING;
import static io.holdpoint.gateway.console.Tools.definition;
import static io.holdpoint.gateway.console.Tools.grant;
import static io.holdpoint.gateway.console.Tools.policy;
import static io.holdpoint.gateway.console.Tools.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.ToolInventory.KeptDefinition;
import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import io.holdpoint.gateway.catalog.ToolInventory.ServerReading;
import io.holdpoint.gateway.catalog.ToolInventory.ToolPage;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.people.Person;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ToolPagesTests extends ConsoleTestCase {

    private static final String WAS = "{\"name\":\"delete_study\",\"description\":\"Deletes\"}";
    private static final String IS =
            "{\"name\":\"delete_study\",\"description\":\"Deletes all\",\"inputSchema\":{\"type\":\"object\"}}";

    @BeforeEach
    void configured() {
        yard.nowHas(IMAGING);
        allotted.nowAre(new Grants(List.of(grant("agent", Optional.of(policy())))));
        given(inventory.reading("imaging"))
                .willReturn(new ServerReading(Optional.of(NOON), 3, Optional.empty(), Optional.empty()));
        offers(tool("delete_study", IS));
        had("delete_study", IS, WAS);
    }

    private void had(String tool, String is, String was) {
        given(inventory.history("imaging", tool)).willReturn(List.of(definition(is, true), definition(was, false)));
        for (var json : List.of(is, was)) {
            given(inventory.definition("imaging", tool, Sha256.hex(json))).willReturn(Optional.of(json));
        }
    }

    private void offers(KeptTool tool) {
        given(inventory.list(any())).willReturn(new ToolPage(List.of(tool), Optional.empty()));
        given(inventory.find("imaging", tool.tool())).willReturn(Optional.of(tool));
    }

    static Stream<Person> whoseItIs() {
        return Stream.of(AUDITOR, OPERATOR, ADMIN);
    }

    @ParameterizedTest
    @MethodSource("whoseItIs")
    void whoMayReadItFindsItInTheNavigation(Person person) {
        assertThat(page(person, "/tools")).hasStatusOk();
        assertThat(page(person, "/")).bodyText().contains("href=\"/tools\"");
    }

    @Test
    void forAReviewerItIsNotThere() {
        assertThat(page(BO, "/tools")).hasStatus(404);
        assertThat(page(BO, "/tools/imaging/delete_study")).hasStatus(404);
        assertThat(page(BO, "/tools/one?server=imaging&tool=delete_study")).hasStatus(404);
        assertThat(page(BO, "/")).bodyText().doesNotContain("/tools");
    }

    @Test
    void theListShowsWhatThereIsAndWhatGrantsMayDo() {
        assertThat(page(AUDITOR, "/tools"))
                .bodyText()
                .contains(
                        "https://mcp.example.org:8443/…",
                        "href=\"/tools/imaging/delete_study\"",
                        "Destructive",
                        "risk-critical",
                        "agent",
                        "people asked",
                        "changed",
                        "3 min ago")
                .doesNotContain("hunter2");
    }

    @Test
    void aServerThatCannotBeReadIsMarked() {
        given(inventory.reading("imaging"))
                .willReturn(new ServerReading(
                        Optional.empty(), 0, Optional.of("server imaging: HTTP 503"), Optional.empty()));
        assertThat(page(AUDITOR, "/tools")).bodyText().contains("never", "cannot be read now", "HTTP 503");
    }

    @Test
    void aServerThatChangesAllTheTimeIsMarked() {
        given(inventory.reading("imaging"))
                .willReturn(new ServerReading(Optional.of(NOON), 3, Optional.empty(), Optional.of(7)));
        assertThat(page(AUDITOR, "/tools")).bodyText().contains("all the time: 7 changes");
    }

    @Test
    void aToolThatIsGoneIsMarked() {
        var gone = tool("delete_study", IS);
        offers(new KeptTool(
                gone.server(),
                gone.tool(),
                gone.sha256(),
                gone.bytes(),
                gone.text(),
                gone.category(),
                gone.risk(),
                gone.knownSince(),
                gone.since(),
                Optional.of(NOON.plusSeconds(180))));
        assertThat(page(AUDITOR, "/tools")).bodyText().contains("badge gone", "2 min ago");
        assertThat(page(AUDITOR, "/tools/imaging/delete_study")).bodyText().contains("does not list it any more");
    }

    @Test
    void aToolsPageShowsItsDefinitionRulesAndHistory() {
        assertThat(page(AUDITOR, "/tools/imaging/delete_study"))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "/tools/delete_study/require_approval",
                        "imaging.json, line 3",
                        tool("delete_study", IS).sha256(),
                        "&quot;type&quot;: &quot;object&quot;",
                        "History",
                        tool("delete_study", WAS).sha256().substring(0, 12));
    }

    @Test
    void aToolsPageShowsTheFileOfAShadowPolicy() {
        allotted.nowAre(new Grants(List.of(Tools.shadowedGrant())));
        assertThat(page(AUDITOR, "/tools/imaging/delete_study"))
                .bodyText()
                .containsSubsequence("imaging.json, line 3", "shadow: ", "stricter.json");
    }

    @Test
    void aToolsPageShowsTheMembersThatChanged() {
        assertThat(page(AUDITOR, "/tools/imaging/delete_study"))
                .bodyText()
                .containsSubsequence(
                        "What changed last",
                        "description",
                        "&quot;Deletes&quot;",
                        "&quot;Deletes all&quot;",
                        "inputSchema")
                .contains("Definition");
    }

    @Test
    void anEarlierDefinitionIsShownWhenItIsAskedFor() {
        assertThat(page(AUDITOR, ToolLink.of("imaging", "delete_study", Sha256.hex(WAS))))
                .hasStatusOk()
                .bodyText()
                .containsSubsequence("(an earlier one)", "&quot;Deletes&quot;", Sha256.hex(WAS));
    }

    @Test
    void aDefinitionTheToolNeverHadIsNotThere() {
        assertThat(page(AUDITOR, ToolLink.of("imaging", "delete_study", Sha256.hex("{}"))))
                .hasStatus(404);
    }

    @Test
    void ofADefinitionThatIsTooLongThePageSaysSo() {
        given(inventory.history("imaging", "delete_study"))
                .willReturn(List.of(
                        new KeptDefinition(
                                Sha256.hex(IS), 300_000, false, Category.DESTRUCTIVE, Risk.CRITICAL, NOON, NOON, true),
                        definition(WAS, false)));
        given(inventory.definition("imaging", "delete_study", Sha256.hex(IS))).willReturn(Optional.empty());
        assertThat(page(AUDITOR, "/tools/imaging/delete_study"))
                .bodyText()
                .containsSubsequence("The texts are not kept", "It has 300000 bytes", Sha256.hex(IS));
    }

    @ParameterizedTest
    @CsvSource({"imaging/other", "other/delete_study"})
    void aToolNobodyOffersHasNoPage(String path) {
        assertThat(page(AUDITOR, "/tools/" + path)).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete_study | /tools/imaging/delete_study",
                "a.b-C_1      | /tools/imaging/a.b-C_1",
                "a/b          | /tools/one?server=imaging&tool=a%2Fb",
                "..           | /tools/one?server=imaging&tool=..",
                "a&b=c        | /tools/one?server=imaging&tool=a%26b%3Dc"
            })
    void aToolWithAnyNameHasALink(String tool, String link) {
        assertThat(ToolLink.of("imaging", tool)).isEqualTo(link);
    }

    @Test
    void theLinkOfAnUnusualNameLeadsToItsPage() {
        offers(tool("a/b", "{\"name\":\"a/b\"}"));
        had("a/b", "{\"name\":\"a/b\"}", WAS);
        assertThat(page(AUDITOR, ToolLink.of("imaging", "a/b"))).hasStatusOk();
    }

    @Test
    void whatAServerSaysIsEscapedAndShownWhole() {
        var hostile = "<script>alert(1)</script>\u202e";
        var json = "{\"name\":\"%1$s\",\"title\":\"%1$s\",\"description\":\"%1$s\",\"annotations\":{\"%1$s\":true}}"
                .formatted(hostile);
        offers(tool(hostile, json));
        had(hostile, json, "{\"name\":1}");
        for (var address : List.of("/tools", ToolLink.of("imaging", hostile))) {
            assertThat(page(AUDITOR, address))
                    .hasStatusOk()
                    .bodyText()
                    .doesNotContain("<script", "\u202e")
                    .contains("&lt;script&gt;", "U+202E");
        }
    }

    @Test
    void moreToolsAreOnTheNextPageUnderTheSameFilters() {
        given(inventory.list(any())).willReturn(new ToolPage(List.of(tool("delete_study", IS)), Optional.of("next")));
        assertThat(page(AUDITOR, "/tools?risk=Critical")).bodyText().contains("/tools?risk=Critical&amp;cursor=next");
    }
}
