// Package launchdarkly uses every row of the provider launchdarkly.
package launchdarkly

import (
	"context"
	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	ldclient "github.com/launchdarkly/go-server-sdk/v7"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces/flagstate"
)

func flagstateAllFlags(allFlags flagstate.AllFlags) {
	_, _ = allFlags.GetFlag("get-flag") // want `evaluation get-flag json`
	_ = allFlags.GetValue("get-value")  // want `evaluation get-value json`
}

func interfacesFlagTracker(context ldcontext.Context, flagTracker interfaces.FlagTracker, value ldvalue.Value) {
	_ = flagTracker.AddFlagValueChangeListener("add-flag-value-change-listener", context, value) // want `mention add-flag-value-change-listener`
}

func interfacesLDClientEvaluations(context ldcontext.Context, lDClientEvaluations interfaces.LDClientEvaluations, value ldvalue.Value) {
	_ = lDClientEvaluations.AllFlagsState(context)                                                  // want `evaluation ?`
	_, _ = lDClientEvaluations.BoolVariation("bool-variation", context, true)                       // want `evaluation bool-variation bool default=true error`
	_, _, _ = lDClientEvaluations.BoolVariationDetail("bool-variation-detail", context, true)       // want `evaluation bool-variation-detail bool default=true error`
	_, _ = lDClientEvaluations.Float64Variation("float64-variation", context, 0.5)                  // want `evaluation float64-variation float default=0.5 error`
	_, _, _ = lDClientEvaluations.Float64VariationDetail("float64-variation-detail", context, 0.5)  // want `evaluation float64-variation-detail float default=0.5 error`
	_, _ = lDClientEvaluations.IntVariation("int-variation", context, 3)                            // want `evaluation int-variation int default=3 error`
	_, _, _ = lDClientEvaluations.IntVariationDetail("int-variation-detail", context, 3)            // want `evaluation int-variation-detail int default=3 error`
	_, _ = lDClientEvaluations.JSONVariation("json-variation", context, value)                      // want `evaluation json-variation json error`
	_, _, _ = lDClientEvaluations.JSONVariationDetail("json-variation-detail", context, value)      // want `evaluation json-variation-detail json error`
	_, _, _ = lDClientEvaluations.MigrationVariation("migration-variation", context, "blue")        // want `evaluation migration-variation string default="blue" error`
	_, _ = lDClientEvaluations.StringVariation("string-variation", context, "blue")                 // want `evaluation string-variation string default="blue" error`
	_, _, _ = lDClientEvaluations.StringVariationDetail("string-variation-detail", context, "blue") // want `evaluation string-variation-detail string default="blue" error`
}

func ldclientLDClient(context ldcontext.Context, context2 context.Context, lDClient *ldclient.LDClient, value ldvalue.Value) {
	_, _, _ = lDClient.MigrationVariation("migration-variation", context, "blue")                         // want `evaluation migration-variation string default="blue" error`
	_, _, _ = lDClient.MigrationVariationCtx(context2, "migration-variation-ctx", context, "blue")        // want `evaluation migration-variation-ctx string default="blue" error`
	_ = lDClient.AllFlagsState(context)                                                                   // want `evaluation ?`
	_, _ = lDClient.BoolVariation("bool-variation", context, true)                                        // want `evaluation bool-variation bool default=true error`
	_, _, _ = lDClient.BoolVariationDetail("bool-variation-detail", context, true)                        // want `evaluation bool-variation-detail bool default=true error`
	_, _ = lDClient.BoolVariationCtx(context2, "bool-variation-ctx", context, true)                       // want `evaluation bool-variation-ctx bool default=true error`
	_, _, _ = lDClient.BoolVariationDetailCtx(context2, "bool-variation-detail-ctx", context, true)       // want `evaluation bool-variation-detail-ctx bool default=true error`
	_, _ = lDClient.IntVariation("int-variation", context, 3)                                             // want `evaluation int-variation int default=3 error`
	_, _, _ = lDClient.IntVariationDetail("int-variation-detail", context, 3)                             // want `evaluation int-variation-detail int default=3 error`
	_, _ = lDClient.IntVariationCtx(context2, "int-variation-ctx", context, 3)                            // want `evaluation int-variation-ctx int default=3 error`
	_, _, _ = lDClient.IntVariationDetailCtx(context2, "int-variation-detail-ctx", context, 3)            // want `evaluation int-variation-detail-ctx int default=3 error`
	_, _ = lDClient.Float64Variation("float64-variation", context, 0.5)                                   // want `evaluation float64-variation float default=0.5 error`
	_, _, _ = lDClient.Float64VariationDetail("float64-variation-detail", context, 0.5)                   // want `evaluation float64-variation-detail float default=0.5 error`
	_, _ = lDClient.Float64VariationCtx(context2, "float64-variation-ctx", context, 0.5)                  // want `evaluation float64-variation-ctx float default=0.5 error`
	_, _, _ = lDClient.Float64VariationDetailCtx(context2, "float64-variation-detail-ctx", context, 0.5)  // want `evaluation float64-variation-detail-ctx float default=0.5 error`
	_, _ = lDClient.StringVariation("string-variation", context, "blue")                                  // want `evaluation string-variation string default="blue" error`
	_, _, _ = lDClient.StringVariationDetail("string-variation-detail", context, "blue")                  // want `evaluation string-variation-detail string default="blue" error`
	_, _ = lDClient.StringVariationCtx(context2, "string-variation-ctx", context, "blue")                 // want `evaluation string-variation-ctx string default="blue" error`
	_, _, _ = lDClient.StringVariationDetailCtx(context2, "string-variation-detail-ctx", context, "blue") // want `evaluation string-variation-detail-ctx string default="blue" error`
	_, _ = lDClient.JSONVariation("json-variation", context, value)                                       // want `evaluation json-variation json error`
	_, _, _ = lDClient.JSONVariationDetail("json-variation-detail", context, value)                       // want `evaluation json-variation-detail json error`
	_, _ = lDClient.JSONVariationCtx(context2, "json-variation-ctx", context, value)                      // want `evaluation json-variation-ctx json error`
	_, _, _ = lDClient.JSONVariationDetailCtx(context2, "json-variation-detail-ctx", context, value)      // want `evaluation json-variation-detail-ctx json error`
}

func ldclientLDScopedClient(c context.Context, lDScopedClient *ldclient.LDScopedClient, value ldvalue.Value) {
	_, _ = lDScopedClient.BoolVariation("bool-variation", true)                                 // want `evaluation bool-variation bool default=true error`
	_, _ = lDScopedClient.BoolVariationCtx(c, "bool-variation-ctx", true)                       // want `evaluation bool-variation-ctx bool default=true error`
	_, _, _ = lDScopedClient.BoolVariationDetail("bool-variation-detail", true)                 // want `evaluation bool-variation-detail bool default=true error`
	_, _, _ = lDScopedClient.BoolVariationDetailCtx(c, "bool-variation-detail-ctx", true)       // want `evaluation bool-variation-detail-ctx bool default=true error`
	_, _ = lDScopedClient.IntVariation("int-variation", 3)                                      // want `evaluation int-variation int default=3 error`
	_, _ = lDScopedClient.IntVariationCtx(c, "int-variation-ctx", 3)                            // want `evaluation int-variation-ctx int default=3 error`
	_, _, _ = lDScopedClient.IntVariationDetail("int-variation-detail", 3)                      // want `evaluation int-variation-detail int default=3 error`
	_, _, _ = lDScopedClient.IntVariationDetailCtx(c, "int-variation-detail-ctx", 3)            // want `evaluation int-variation-detail-ctx int default=3 error`
	_, _ = lDScopedClient.Float64Variation("float64-variation", 0.5)                            // want `evaluation float64-variation float default=0.5 error`
	_, _ = lDScopedClient.Float64VariationCtx(c, "float64-variation-ctx", 0.5)                  // want `evaluation float64-variation-ctx float default=0.5 error`
	_, _, _ = lDScopedClient.Float64VariationDetail("float64-variation-detail", 0.5)            // want `evaluation float64-variation-detail float default=0.5 error`
	_, _, _ = lDScopedClient.Float64VariationDetailCtx(c, "float64-variation-detail-ctx", 0.5)  // want `evaluation float64-variation-detail-ctx float default=0.5 error`
	_, _ = lDScopedClient.StringVariation("string-variation", "blue")                           // want `evaluation string-variation string default="blue" error`
	_, _ = lDScopedClient.StringVariationCtx(c, "string-variation-ctx", "blue")                 // want `evaluation string-variation-ctx string default="blue" error`
	_, _, _ = lDScopedClient.StringVariationDetail("string-variation-detail", "blue")           // want `evaluation string-variation-detail string default="blue" error`
	_, _, _ = lDScopedClient.StringVariationDetailCtx(c, "string-variation-detail-ctx", "blue") // want `evaluation string-variation-detail-ctx string default="blue" error`
	_, _ = lDScopedClient.JSONVariation("json-variation", value)                                // want `evaluation json-variation json error`
	_, _ = lDScopedClient.JSONVariationCtx(c, "json-variation-ctx", value)                      // want `evaluation json-variation-ctx json error`
	_, _, _ = lDScopedClient.JSONVariationDetail("json-variation-detail", value)                // want `evaluation json-variation-detail json error`
	_, _, _ = lDScopedClient.JSONVariationDetailCtx(c, "json-variation-detail-ctx", value)      // want `evaluation json-variation-detail-ctx json error`
	_, _, _ = lDScopedClient.MigrationVariation("migration-variation", "blue")                  // want `evaluation migration-variation string default="blue" error`
	_, _, _ = lDScopedClient.MigrationVariationCtx(c, "migration-variation-ctx", "blue")        // want `evaluation migration-variation-ctx string default="blue" error`
}

func ldclientMigrationCapableClient(c ldcontext.Context, migrationCapableClient ldclient.MigrationCapableClient) {
	_, _, _ = migrationCapableClient.MigrationVariation("migration-variation", c, "blue") // want `evaluation migration-variation string default="blue" error`
}

func ldclientMigrator(c ldcontext.Context, migrator ldclient.Migrator, v2 interface{}) {
	_ = migrator.Read("read", c, "blue", v2)   // want `evaluation read string default="blue"`
	_ = migrator.Write("write", c, "blue", v2) // want `evaluation write string default="blue"`
}
