package source_test

import (
	"errors"
	"os"
	"testing"
	"unicode/utf8"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source"
)

// fuzz holds a parser against any input: it does not panic, what it refuses has a
// place, and what it accepts is well formed and can be settled.
func fuzz(f *testing.F, format string) {
	var it registry.Format
	for _, known := range source.Formats() {
		if known.Name() == format {
			it = known
		}
	}

	for _, files := range [][]string{samples(f, good)[format], samples(f, bad)[format]} {
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data, false)
			f.Add(data, true)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, toml bool) {
		name := "f.json"
		if toml {
			name = "f.toml"
		}
		it.Recognize(name, data)
		flags, err := it.Parse(name, data)
		if err != nil {
			if _, ok := errors.AsType[yamltree.Errors](err); !ok {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		for _, flag := range flags {
			if flag.Key == "" || !utf8.ValidString(flag.Key) || flag.Source.Line < 1 || flag.Source.Column < 1 || flag.Format != format {
				t.Fatalf("malformed flag %+v", flag)
			}
			for _, s := range flag.Serves {
				if s.Pos.Line < 1 || s.Only != nil && s.Fallback {
					t.Fatalf("malformed serving %+v", s)
				}
			}
		}
		reg, err := registry.New(flags...)
		if err != nil {
			t.Fatalf("accepted, but no registry: %v", err)
		}
		if _, err := registry.Settle(reg, nil); err != nil {
			t.Fatalf("accepted, but cannot be settled: %v", err)
		}
	})
}

// Every format has a target, by the name Fuzz and its own.
func FuzzFlagd(f *testing.F)         { fuzz(f, "flagd") }
func FuzzGoFeatureFlag(f *testing.F) { fuzz(f, "go-feature-flag") }
func FuzzOpenfeature(f *testing.F)   { fuzz(f, "openfeature") }
func FuzzLaunchdarkly(f *testing.F)  { fuzz(f, "launchdarkly") }
func FuzzUnleash(f *testing.F)       { fuzz(f, "unleash") }
func FuzzFlipt(f *testing.F)         { fuzz(f, "flipt") }
func FuzzGrowthbook(f *testing.F)    { fuzz(f, "growthbook") }
func FuzzStatsig(f *testing.F)       { fuzz(f, "statsig") }
func FuzzConfigcat(f *testing.F)     { fuzz(f, "configcat") }
func FuzzDevcycle(f *testing.F)      { fuzz(f, "devcycle") }
func FuzzFlagsmith(f *testing.F)     { fuzz(f, "flagsmith") }
func FuzzPosthog(f *testing.F)       { fuzz(f, "posthog") }
func FuzzSplit(f *testing.F)         { fuzz(f, "split") }
func FuzzHarness(f *testing.F)       { fuzz(f, "harness") }
func FuzzAzure(f *testing.F)         { fuzz(f, "azure") }
func FuzzAppconfig(f *testing.F)     { fuzz(f, "appconfig") }
func FuzzCloudbees(f *testing.F)     { fuzz(f, "cloudbees") }
func FuzzOptimizely(f *testing.F)    { fuzz(f, "optimizely") }
func FuzzInfluxdb(f *testing.F)      { fuzz(f, "influxdb") }
func FuzzKubernetes(f *testing.F)    { fuzz(f, "kubernetes") }
func FuzzOtel(f *testing.F)          { fuzz(f, "otel") }
func FuzzWaffle(f *testing.F)        { fuzz(f, "waffle") }
func FuzzFlask(f *testing.F)         { fuzz(f, "flask") }
func FuzzFlagon(f *testing.F)        { fuzz(f, "flagon") }
func FuzzTable(f *testing.F)         { fuzz(f, "table") }
func FuzzViper(f *testing.F)         { fuzz(f, "viper") }
func FuzzEnv(f *testing.F)           { fuzz(f, "env") }
func FuzzSnapshot(f *testing.F)      { fuzz(f, "snapshot") }
func FuzzCsv(f *testing.F)           { fuzz(f, "csv") }
func FuzzIni(f *testing.F)           { fuzz(f, "ini") }
func FuzzProperties(f *testing.F)    { fuzz(f, "properties") }
func FuzzTogglz(f *testing.F)        { fuzz(f, "togglz") }
