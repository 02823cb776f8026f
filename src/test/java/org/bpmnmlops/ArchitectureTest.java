package org.bpmnmlops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.bpmnmlops.process.Step;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** The rules of the house. The reasons are in docs/adr. */
@AnalyzeClasses(packages = "org.bpmnmlops", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] CAPABILITIES = {
    "..bpmnmlops.artifact..",
    "..bpmnmlops.data..",
    "..bpmnmlops.training..",
    "..bpmnmlops.evaluation..",
    "..bpmnmlops.drift..",
    "..bpmnmlops.registry..",
    "..bpmnmlops.production..",
    "..bpmnmlops.report..",
    "..bpmnmlops.serving..",
    "..bpmnmlops.monitoring..",
    "..bpmnmlops.notification..",
    "..bpmnmlops.status.."
  };

  @ArchTest
  static final ArchRule packagesPointOneWay =
      slices().matching("org.bpmnmlops.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyDelegatesOfACapabilityKnowTheEngine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..data..",
              "..training..",
              "..evaluation..",
              "..drift..",
              "..report..",
              "..artifact..",
              "..registry..",
              "..production..",
              "..serving..",
              "..monitoring..")
          .and()
          .haveSimpleNameNotEndingWith("Delegate")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.camunda..");

  @ArchTest
  static final ArchRule onlyEngineAndOperationKnowTheEnginesInside =
      noClasses()
          .that()
          .resideOutsideOfPackages("..bpmnmlops.engine..", "..bpmnmlops.operation..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.camunda.bpm.engine.impl..");

  @ArchTest
  static final ArchRule onlyConnectorsKnowTheConnectorInterfaces =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..bpmnmlops.notification..", "..bpmnmlops.status..", "..bpmnmlops.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.camunda.connect..");

  @ArchTest
  static final ArchRule stepsStandBelowTheServer =
      noClasses()
          .that()
          .resideInAnyPackage(CAPABILITIES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..bpmnmlops.engine..",
              "..bpmnmlops.operation..",
              "..bpmnmlops.security..",
              "..bpmnmlops.console..");

  @ArchTest
  static final ArchRule theSeamDependsOnNoCapability =
      noClasses()
          .that()
          .resideInAPackage("..bpmnmlops.process..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("org.bpmnmlops..")
                  .and(Predicates.resideOutsideOfPackage("..bpmnmlops.process..")));

  @ArchTest
  static final ArchRule everyDelegateIsAStepThatDeclaresItself =
      classes()
          .that()
          .areAssignableTo(JavaDelegate.class)
          .and()
          .areNotInterfaces()
          .should()
          .beAssignableTo(Step.class)
          .andShould()
          .haveSimpleNameEndingWith("Delegate")
          .andShould()
          .bePackagePrivate();
}
