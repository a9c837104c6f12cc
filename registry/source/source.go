// Package source knows the registry formats of other systems. Each of the packages
// below it turns the bytes of one family of formats into flags.
package source

import (
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/appconfig"
	"github.com/flaghygiene/flaglint/registry/source/azure"
	"github.com/flaghygiene/flaglint/registry/source/cloudbees"
	"github.com/flaghygiene/flaglint/registry/source/configcat"
	"github.com/flaghygiene/flaglint/registry/source/devcycle"
	"github.com/flaghygiene/flaglint/registry/source/flagd"
	"github.com/flaghygiene/flaglint/registry/source/flagsmith"
	"github.com/flaghygiene/flaglint/registry/source/flipt"
	"github.com/flaghygiene/flaglint/registry/source/gates"
	"github.com/flaghygiene/flaglint/registry/source/gofeatureflag"
	"github.com/flaghygiene/flaglint/registry/source/growthbook"
	"github.com/flaghygiene/flaglint/registry/source/harness"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
	"github.com/flaghygiene/flaglint/registry/source/launchdarkly"
	"github.com/flaghygiene/flaglint/registry/source/openfeature"
	"github.com/flaghygiene/flaglint/registry/source/optimizely"
	"github.com/flaghygiene/flaglint/registry/source/plain"
	"github.com/flaghygiene/flaglint/registry/source/posthog"
	"github.com/flaghygiene/flaglint/registry/source/snapshot"
	"github.com/flaghygiene/flaglint/registry/source/split"
	"github.com/flaghygiene/flaglint/registry/source/statsig"
	"github.com/flaghygiene/flaglint/registry/source/unleash"
	"github.com/flaghygiene/flaglint/registry/source/waffle"
)

// Formats returns all formats but the native one. They share what they know of
// the file that was looked at last, and may be used by several goroutines.
func Formats() registry.Formats {
	documents := read.Shapes(
		flagd.Shape(),
		gofeatureflag.Shape(),
		openfeature.Shape(),
		launchdarkly.Shape(),
		unleash.Shape(),
		flipt.Shape(),
		growthbook.Shape(),
		statsig.Shape(),
		configcat.Shape(),
		devcycle.Shape(),
		flagsmith.Shape(),
		posthog.Shape(),
		split.Shape(),
		harness.Shape(),
		azure.Shape(),
		appconfig.Shape(),
		cloudbees.Shape(),
		optimizely.Shape(),
		gates.InfluxDB(),
		gates.Kubernetes(),
		gates.OTel(),
		waffle.Shape(),
		plain.Flask(),
		plain.Flagon(),
		plain.Table(),
		plain.Viper(),
	)
	return append(documents, snapshot.Format(), plain.Env(), plain.CSV(), plain.INI(), plain.Properties(), plain.Togglz())
}
