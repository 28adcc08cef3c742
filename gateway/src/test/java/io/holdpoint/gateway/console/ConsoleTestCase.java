package io.holdpoint.gateway.console;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

import io.holdpoint.gateway.catalog.ToolInventory;
import io.holdpoint.gateway.console.access.SignInLinks;
import io.holdpoint.gateway.console.access.SignedIn;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalPage;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.AuditPage;
import io.holdpoint.workflow.people.Person;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** The console as requests meet it, filters included, over one context for all tests. */
@SpringBootTest(classes = ConsoleUnderTest.class)
@AutoConfigureMockMvc
public abstract class ConsoleTestCase {

    @Autowired
    protected MockMvcTester mvc;

    @Autowired
    protected Approvals approvals;

    @Autowired
    protected AuditLog log;

    @Autowired
    protected SignInLinks links;

    @Autowired
    protected HandClock clock;

    @Autowired
    protected ConsoleUnderTest.Town town;

    @Autowired
    protected ConsoleUnderTest.Alone alone;

    @Autowired
    protected ConsoleUnderTest.Keys keys;

    @Autowired
    protected ConsoleUnderTest.Yard yard;

    @Autowired
    protected ConsoleUnderTest.Allotted allotted;

    @Autowired
    protected ToolInventory inventory;

    @BeforeEach
    void forgetTheTestBefore() {
        Mockito.reset(approvals, log, inventory);
        yard.nowHas();
        allotted.nowAre(new Grants(List.of()));
        town.nowHas(Samples.EVERYBODY);
        alone.is(false);
        keys.nowAre(Map.of());
        clock.set(Samples.NOON.plusSeconds(300));
        given(log.read(any())).willReturn(new AuditPage(List.of(), Optional.empty()));
        given(approvals.list(any())).willReturn(new ApprovalPage(List.of(), Optional.empty()));
    }

    /** Lets this approval be found. */
    protected void stored(Approval approval) {
        given(approvals.find(approval.id())).willReturn(Optional.of(approval));
    }

    protected MvcTestResult get(Person person, String address) {
        return mvc.get()
                .uri(URI.create(address))
                .header("Authorization", token(person))
                .exchange();
    }

    protected MvcTestResult post(Person person, String address, String body) {
        return mvc.post()
                .uri(address)
                .header("Authorization", token(person))
                .contentType("application/json")
                .content(body)
                .exchange();
    }

    protected MvcTestResult page(Person person, String address) {
        return mvc.get().uri(URI.create(address)).with(session(person)).exchange();
    }

    protected MvcTestResult submit(Person person, String address, String... fields) {
        var form = mvc.post().uri(address).with(session(person)).with(SecurityMockMvcRequestPostProcessors.csrf());
        for (var i = 0; i < fields.length; i += 2) {
            form = form.param(fields[i], fields[i + 1]);
        }
        return form.exchange();
    }

    protected static String token(Person person) {
        return "Bearer " + person.id().value() + "-token";
    }

    protected static RequestPostProcessor session(Person person) {
        return SecurityMockMvcRequestPostProcessors.authentication(SignedIn.as(person));
    }
}
