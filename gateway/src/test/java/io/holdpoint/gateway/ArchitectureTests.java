package io.holdpoint.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

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
