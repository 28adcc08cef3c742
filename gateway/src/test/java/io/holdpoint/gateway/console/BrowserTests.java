package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ANA;
import static io.holdpoint.gateway.console.Samples.ID;
import static io.holdpoint.gateway.console.Samples.OTHER_ID;
import static io.holdpoint.gateway.console.Samples.anApproval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.holdpoint.gateway.console.access.SignInLinks;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.ApprovalPage;
import io.holdpoint.workflow.approval.ApprovalQuery;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Review.Verdict;
import io.holdpoint.workflow.approval.ReviewSubmission;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.AuditPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A reviewer's minute in a real browser, which honours cookie, policy and origin as no test client does. */
@SpringBootTest(classes = ConsoleUnderTest.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class BrowserTests {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @LocalServerPort
    int port;

    @Autowired
    SignInLinks links;

    @Autowired
    Approvals approvals;

    @Autowired
    AuditLog log;

    @Autowired
    HandClock clock;

    private final Map<ApprovalId, Approval> store = new LinkedHashMap<>();
    private final List<ReviewSubmission> reviews = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private Playwright playwright;
    private Page page;

    @BeforeEach
    void open() {
        if (!Files.isExecutable(CHROMIUM)) {
            System.out.println("The browser test is skipped: there is no " + CHROMIUM);
        }
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM));
        clock.set(Samples.NOON.plusSeconds(300));
        fillTheHouse();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        page = browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(1100, 800))
                .newPage();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.setDefaultTimeout(20_000);
    }

    @AfterEach
    void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void aReviewerSignsInByLinkRejectsOneWithAReasonAndApprovesAnother() {
        page.navigate(at(links.issue(ANA.id())));
        page.click("text=Sign in as Ana Diaz");
        assertThat(page.title()).isEqualTo("(2) Approvals · Holdpoint");

        page.click("a[href='/approvals/" + OTHER_ID + "']");
        assertThat(page.innerText("pre.arguments")).isEqualTo("{\n  \"study\": \"1.2.999\"\n}");
        page.check("text=Wrong target");
        page.fill("form.reject input[name=reason]", "that study is locked");
        page.click("form.reject button");
        assertThat(page.innerText(".standing")).contains("Rejected by Ana Diaz", "Nothing was sent.");

        page.click("text=Approvals");
        page.click("a[href='/approvals/" + ID + "']");
        page.click("text=Approve this call");
        assertThat(page.innerText(".standing")).contains("Approved by Ana Diaz");

        assertThat(reviews).extracting(ReviewSubmission::verdict).containsExactly(Verdict.REJECT, Verdict.APPROVE);
        assertThat(reviews)
                .extracting(ReviewSubmission::reason)
                .containsExactly(Optional.of("Wrong target: that study is locked"), Optional.empty());
        assertThat(complaints).isEmpty();
    }

    private Browser browser() {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setHeadless(true)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    private String at(String address) {
        return "http://localhost:" + port + address;
    }

    private void fillTheHouse() {
        Mockito.reset(approvals, log);
        keep(anApproval().build());
        keep(anApproval().id(OTHER_ID).arguments("{\"study\":\"1.2.999\"}").build());
        given(log.read(any())).willReturn(new AuditPage(List.of(), Optional.empty()));
        given(approvals.find(any()))
                .willAnswer(call -> Optional.ofNullable(store.get(call.<ApprovalId>getArgument(0))));
        given(approvals.list(any())).willAnswer(call -> listed(call.getArgument(0)));
        given(approvals.review(any(), any())).willAnswer(call -> reviewed(call.getArgument(0), call.getArgument(1)));
    }

    private void keep(Approval approval) {
        store.put(approval.id(), approval);
    }

    private ApprovalPage listed(ApprovalQuery query) {
        var found = store.values().stream()
                .filter(approval -> query.state().isEmpty() || query.state().get() == approval.state())
                .toList();
        return new ApprovalPage(found, Optional.empty());
    }

    private Approval reviewed(ApprovalId id, ReviewSubmission review) {
        reviews.add(review);
        var outcome = review.verdict() == Verdict.APPROVE ? ApprovalState.APPROVED : ApprovalState.REJECTED;
        keep(anApproval()
                .id(id)
                .decided(outcome, ANA, review.reason().orElse(""))
                .build());
        return store.get(id);
    }
}
