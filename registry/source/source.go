// Package source knows the registry formats of other systems. Each of the packages
// below it turns the bytes of one family of formats into flags.
package source

import (
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/cloudbees"
	"github.com/flaghygiene/flaglint/registry/source/flagd"
	"github.com/flaghygiene/flaglint/registry/source/gofeatureflag"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
	"github.com/flaghygiene/flaglint/registry/source/launchdarkly"
	"github.com/flaghygiene/flaglint/registry/source/openfeature"
	"github.com/flaghygiene/flaglint/registry/source/plain"
	"github.com/flaghygiene/flaglint/registry/source/unleash"
)

// Formats returns all formats but the native one. They share what they know of
// the file that was looked at last, and may be used by several goroutines.
func Formats() registry.Formats {
	shapes := []read.Shape{
		flagd.Shape(),
		gofeatureflag.Shape(),
		openfeature.Shape(),
		launchdarkly.Shape(),
		unleash.Shape(),
		cloudbees.Shape(),
	}
	return append(read.Shapes(shapes...), plain.Env(), plain.CSV())
}
