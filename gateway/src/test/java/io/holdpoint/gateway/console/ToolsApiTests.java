package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ADMIN;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.NOBODY;
import static io.holdpoint.gateway.console.Samples.NOON;
import static io.holdpoint.gateway.console.Samples.OPERATOR;
import static io.holdpoint.gateway.console.Tools.IMAGING;
import static io.holdpoint.gateway.console.Tools.grant;
import static io.holdpoint.gateway.console.Tools.policy;
import static io.holdpoint.gateway.console.Tools.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.ToolInventory.ServerReading;
import io.holdpoint.gateway.catalog.ToolInventory.ToolPage;
import io.holdpoint.gateway.catalog.ToolInventory.ToolQuery;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.people.Person;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolsApiTests extends ConsoleTestCase {

    private static final String DEFINITION = """
            {"name":"delete_study","title":"Delete","description":"Deletes a study",\
            "annotations":{"destructiveHint":true,"note":"x"}}""";

    @BeforeEach
    void configured() {
        yard.nowHas(IMAGING);
        allotted.nowAre(new Grants(List.of(grant("agent", Optional.of(policy())))));
        given(inventory.reading("imaging"))
                .willReturn(new ServerReading(Optional.of(NOON), 3, Optional.empty(), Optional.empty()));
        offers(new ToolPage(List.of(tool("delete_study", DEFINITION)), Optional.of("more")));
    }

    private void offers(ToolPage page) {
        given(inventory.list(any())).willReturn(page);
    }

    static Stream<Person> whoseItIs() {
        return Stream.of(AUDITOR, OPERATOR, ADMIN);
    }

    static Stream<String> addresses() {
        return Stream.of("/api/servers", "/api/tools", "/api/tools?grant=nobodys", "/api/grants");
    }

    @ParameterizedTest
    @MethodSource("whoseItIs")
    void auditorsOperatorsAndAdminsReadIt(Person person) {
        assertThat(get(person, "/api/servers")).hasStatusOk();
        assertThat(get(person, "/api/tools")).hasStatusOk();
        assertThat(get(person, "/api/grants")).hasStatusOk();
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void forOthersItIsNotThere(String address) {
        assertThat(get(BO, address)).hasStatus(404);
        assertThat(get(NOBODY, address)).hasStatus(404);
    }

    @Test
    void aServerIsShownWithoutItsSecrets() {
        assertThat(get(AUDITOR, "/api/servers")).bodyText().isEqualTo("""
                {"items":[{"name":"imaging","url":"https://mcp.example.org:8443/…","trusted":true,\
                "readAt":"2026-11-20T12:00:00Z","readable":true,"fault":null,"tools":3,"unrecordedChanges":null,"grants":["agent"]}],\
                "nextCursor":null}""");
    }

    @Test
    void aServerThatCannotBeReadSaysWhyNot() {
        given(inventory.reading("imaging"))
                .willReturn(new ServerReading(
                        Optional.of(NOON), 3, Optional.of("server imaging: HTTP 503"), Optional.empty()));
        assertThat(get(AUDITOR, "/api/servers"))
                .bodyText()
                .contains("\"readable\":false,\"fault\":\"server imaging: HTTP 503\"");
    }

    @Test
    void aServerNeverReadIsNotReadable() {
        given(inventory.reading("imaging"))
                .willReturn(new ServerReading(Optional.empty(), 0, Optional.empty(), Optional.empty()));
        assertThat(get(AUDITOR, "/api/servers")).bodyText().contains("\"readAt\":null,\"readable\":false");
    }

    @Test
    void aToolIsShownWithWhatEachGrantMayDo() {
        var sha256 = tool("delete_study", DEFINITION).sha256();
        assertThat(get(AUDITOR, "/api/tools")).bodyText().isEqualTo("""
                {"items":[{"server":"imaging","tool":"delete_study","title":"Delete","description":"Deletes a study",\
                "annotations":{"destructiveHint":true},"category":"Destructive","risk":"Critical","definition":"%s",\
                "firstSeen":"2026-11-20T12:00:00Z","changedAt":"2026-11-20T12:02:00Z","gone":false,\
                "grants":[{"grant":"agent","standing":"approval","rule":"/tools/delete_study/require_approval",\
                "line":3,"risk":"High"}]}],"nextCursor":"more"}""".formatted(sha256));
    }

    @Test
    void aGrantWithoutAPolicyIsDeniedEverything() {
        allotted.nowAre(new Grants(List.of(grant("agent", Optional.empty()))));
        assertThat(get(AUDITOR, "/api/tools"))
                .bodyText()
                .contains("\"standing\":\"denied\",\"rule\":\"(no policy)\",\"line\":null,\"risk\":\"Critical\"");
    }

    @Test
    void theFiltersReachTheInventory() {
        get(AUDITOR, "/api/tools?server=imaging&risk=Critical&category=Read&grant=agent&limit=7&cursor=c");
        then(inventory)
                .should()
                .list(new ToolQuery(
                        List.of("imaging"),
                        Optional.of(Risk.CRITICAL),
                        Optional.of(Category.READ),
                        7,
                        Optional.of("c")));
    }

    @Test
    void aServerThatIsNotConfiguredHasNoTools() {
        get(AUDITOR, "/api/tools?server=other");
        then(inventory)
                .should()
                .list(new ToolQuery(List.of(), Optional.empty(), Optional.empty(), 50, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"risk=high", "category=Deletes", "grant=nobodys", "limit=0", "sort=asc"})
    void aFilterThatIsNotUnderstoodIsRefused(String query) {
        assertThat(get(AUDITOR, "/api/tools?" + query)).hasStatus(400);
    }

    @Test
    void aCursorOfNobodyIsRefused() {
        given(inventory.list(any())).willThrow(new IllegalArgumentException("none of ours"));
        assertThat(get(AUDITOR, "/api/tools?cursor=x")).hasStatus(400);
    }

    @Test
    void aGrantIsShownWithItsPolicyAndWithoutItsToken() {
        assertThat(get(AUDITOR, "/api/grants")).bodyText().isEqualTo("""
                {"items":[{"id":"agent","owner":"olga","servers":{"imaging":{"policy":{"file":"imaging.json","sha256":"%s"},"shadow":null}},\
                "expires":"2026-11-20T12:00:00Z","holdFor":"PT1M30S","maxPending":7}],"nextCursor":null}""".formatted(policy().sha256()));
    }

    @Test
    void aGrantIsShownWithItsShadowPolicy() {
        allotted.nowAre(new Grants(List.of(Tools.shadowedGrant())));
        assertThat(get(AUDITOR, "/api/grants")).bodyText().contains("\"shadow\":{\"file\":\"stricter.json\",");
    }

    @Test
    void aShadowIsShownWhereAServerHasNoPolicy() {
        allotted.nowAre(new Grants(List.of(Tools.onlyShadowedGrant())));
        assertThat(get(AUDITOR, "/api/grants"))
                .bodyText()
                .contains("\"imaging\":{\"policy\":null,\"shadow\":{\"file\":\"stricter.json\",");
    }

    @Test
    void noSecretOfTheConfigurationIsInAnyAnswer() {
        for (var address : List.of("/api/servers", "/api/tools", "/api/grants")) {
            assertThat(get(ADMIN, address)).bodyText().doesNotContain("hunter2", Tools.TOKEN_HASH);
        }
    }

    @Test
    void aLongDescriptionIsCut() {
        var json = "{\"name\":\"t\",\"description\":\"" + "x".repeat(5_000) + "\"}";
        offers(new ToolPage(List.of(tool("t", json)), Optional.empty()));
        assertThat(get(AUDITOR, "/api/tools"))
                .bodyText()
                .contains("x… (5000 characters)")
                .hasSizeLessThan(4_000);
    }
}
