package io.holdpoint.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;

/** What Maven's scopes cannot forbid (docs/architecture.md). */
@AnalyzeClasses(packages = "io.holdpoint", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule roomsDoNotImportEachOtherInACircle =
            slices().matching("io.holdpoint.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCamundaRoomsKnowCamunda = noClasses()
            .that()
            .resideOutsideOfPackages("io.holdpoint.workflow.approval.camunda..", "io.holdpoint.bpmn..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..");

    @ArchTest
    static final ArchRule policyIsPure = classes()
            .that()
            .resideInAPackage("io.holdpoint.gateway.policy..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.holdpoint.gateway.policy..",
                    "io.holdpoint.gateway.document..",
                    "io.holdpoint.workflow",
                    "io.holdpoint.workflow.approval",
                    "io.holdpoint.workflow.people",
                    "com.google.re2j..",
                    "tools.jackson..",
                    "org.jspecify..",
                    "java.lang..",
                    "java.math..",
                    "java.nio.charset..",
                    "java.security..",
                    "java.text..",
                    "java.time..",
                    "java.util..");

    @ArchTest
    static final ArchRule policyHasNoClockOfItsOwn = noClasses()
            .that()
            .resideInAPackage("io.holdpoint.gateway.policy..")
            .should()
            .callMethodWhere(
                    DescribedPredicate.describe("reads a clock nobody gave it", call -> readsAClock(call.getTarget())));

    private static boolean readsAClock(AccessTarget method) {
        var owner = method.getOwner().getName();
        return switch (owner) {
            case "java.lang.System" -> Set.of("nanoTime", "currentTimeMillis").contains(method.getName());
            case "java.time.Clock" ->
                method.getName().startsWith("system") || method.getName().startsWith("tick");
            default ->
                owner.startsWith("java.time.")
                        && method.getName().equals("now")
                        && method instanceof AccessTarget.MethodCallTarget call
                        && call.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        };
    }

    @ArchTest
    static final ArchRule whatRunsOnEventLoopsKnowsNoDatabase = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.holdpoint.gateway.listener..", "io.holdpoint.gateway.mcp..", "io.holdpoint.gateway.upstream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.springframework.transaction..");

    @ArchTest
    static final ArchRule theConsoleDecidesOnlyThroughTheDoorOfApprovals = noClasses()
            .that()
            .resideInAPackage("io.holdpoint.gateway.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.holdpoint.gateway.enforcement..", "io.holdpoint.gateway.mcp..", "org.springframework.jdbc..");
}
