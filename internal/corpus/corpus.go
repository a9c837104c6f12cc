// Package corpus reads the programs under testdata/src that tests hold analyzers
// and drivers against: those of the rules (testdata/src/rules), those of the SDKs
// (testdata/src/sdk, see package providertest) and those of the search for
// references (testdata/src/flagref). Layout writes them out as modules, with the
// configuration that each is meant to be held against, for drivers that want files.
package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/flaghygiene/flaglint/internal/provider/providertest"
)

// Today and NextVersion are what the corpus of the rules was written for.
const (
	Today       = "2026-06-01"
	NextVersion = "v2.3.1"
)

// Program is one folder of a rule's corpus, testdata/src/rules/RULE/NAME. It is
// held against the flags.yaml in it or, failing that, the rule's own, with the
// options of rules.yaml and the flag systems of providers.yaml.
type Program struct {
	Rule, Name string
	Dir        string // absolute
}

// Rules lists the programs of the rules.
func Rules(tb testing.TB) []Program {
	tb.Helper()
	dirs, err := filepath.Glob(filepath.Join(providertest.Root(tb), "src", "rules", "*", "*", "."))
	if err != nil {
		tb.Fatal(err)
	}
	var out []Program
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			out = append(out, Program{Rule: filepath.Base(filepath.Dir(dir)), Name: filepath.Base(dir), Dir: filepath.Clean(dir)})
		}
	}
	return out
}

// Beside finds a file of the program, or else of its rule; "" if there is none.
func (p Program) Beside(name string) string {
	for _, dir := range []string{p.Dir, filepath.Dir(p.Dir)} {
		file := filepath.Join(dir, name)
		if _, err := os.Stat(file); err == nil {
			return file
		}
	}
	return ""
}

// Only names the rule, and for rules about the others the rules that they are about.
func (p Program) Only() []string {
	switch {
	case strings.HasPrefix(p.Name, "lifecycle"):
		return []string{"retired-flag", "expired-flag", "stale-flag", "expiring-soon"}
	case p.Rule == "unused-ignore":
		return []string{p.Rule, "dynamic-key", "flag-sprawl", "nested-flag", "unknown-flag"}
	}
	return []string{p.Rule}
}

// Wants reads the comments of the program's Go files and of its own registry.
func (p Program) Wants(tb testing.TB) []Want {
	tb.Helper()
	var files []string
	err := filepath.WalkDir(p.Dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (filepath.Ext(name) == ".go" || name == filepath.Join(p.Dir, "flags.yaml")) {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	slices.Sort(files)
	var out []Want
	for _, name := range files {
		out = append(out, wantsOf(tb, name)...)
	}
	return out
}
