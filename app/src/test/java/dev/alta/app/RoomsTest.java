package dev.alta.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps the arrows between the rooms: who may use whom, and who may see which big library. */
@AnalyzeClasses(packages = "dev.alta", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  @ArchTest
  static final ArchRule roomsUseOnlyWhatStandsBelowThem =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("proto")
          .definedBy("dev.alta.proto..")
          .layer("core")
          .definedBy("dev.alta.core..")
          .layer("embedded")
          .definedBy("dev.alta.embedded..")
          .layer("database")
          .definedBy("dev.alta.database..")
          .layer("model")
          .definedBy("dev.alta.model..")
          .layer("pipelines")
          .definedBy("dev.alta.pipelines..")
          .layer("kubernetes")
          .definedBy("dev.alta.kubernetes..")
          .layer("training")
          .definedBy("dev.alta.training..")
          .layer("grpc-server")
          .definedBy("dev.alta.scorer..")
          .layer("grpc-gateway")
          .definedBy("dev.alta.gateway..")
          .layer("app")
          .definedBy("dev.alta.app..")
          .whereLayer("core")
          .mayOnlyAccessLayers("proto")
          .whereLayer("embedded")
          .mayNotAccessAnyLayer()
          .whereLayer("database")
          .mayOnlyAccessLayers("core", "proto")
          .whereLayer("model")
          .mayOnlyAccessLayers("core", "proto")
          .whereLayer("pipelines")
          .mayOnlyAccessLayers("model", "database", "core", "proto")
          .whereLayer("kubernetes")
          .mayOnlyAccessLayers("core")
          .whereLayer("training")
          .mayOnlyAccessLayers("model", "database", "core", "proto")
          .whereLayer("grpc-server")
          .mayOnlyAccessLayers("model", "database", "core", "proto")
          .whereLayer("grpc-gateway")
          .mayOnlyAccessLayers("core", "proto")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule onlyPipelinesSeeBeamAndFlink =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.alta.pipelines..", "dev.alta.kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "org.apache.flink..");

  /** Its libraries are not on the class path of most commands. */
  @ArchTest
  static final ArchRule onlyTheKubernetesRoomSeesTheClustersClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.alta.kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "org.apache.flink.kubernetes..");

  @ArchTest
  static final ArchRule onlyOnePackageOfTheAppSeesTheKubernetesRoom =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.alta.kubernetes..", "dev.alta.app.cluster..")
          .and()
          .doNotHaveFullyQualifiedName("dev.alta.app.command.EngineSettings")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.alta.kubernetes..");

  @ArchTest
  static final ArchRule onlyTrainingSeesTribuo =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.alta.training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tribuo..", "ml.dmlc..");

  @ArchTest
  static final ArchRule onlyTheModelRoomSeesTheObjectStoresClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.alta.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.minio..");

  @ArchTest
  static final ArchRule sqlStaysInTheDatabaseRoom =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.alta.database..", "dev.alta.embedded..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.sql\\.(Statement|PreparedStatement|ResultSet)");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.alta.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatAThingDoes =
      classes().should().haveNameNotMatching(".*(Manager|Helper|Util|Utils|Impl)");
}
