package difftest

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

// FuzzRemove gives the engine whatever type-checks: it must neither panic nor
// hang, and what it leaves must parse and type-check.
func FuzzRemove(f *testing.F) {
	u, err := NewUniverse()
	require.NoError(f, err)
	for seed := range uint64(60) {
		p := Generate(seed)
		if len(p.Files) == 1 {
			f.Add(p.Files["main.go"], p.Key, p.Value.String())
		}
	}
	f.Add(simple, "k", "true")
	f.Add(toyProgram, "k", "false")
	f.Fuzz(func(t *testing.T, text, key, value string) {
		if _, err := parser.ParseFile(token.NewFileSet(), "main.go", text, parser.SkipObjectResolution); err != nil || key == "" {
			t.Skip()
		}
		if strings.Contains(text, "//line") || strings.Contains(text, "/*line") {
			t.Skip() // the checker of the test looks files up by name
		}
		v, err := registry.ParseValue(registry.TypeUnknown, value)
		if err != nil {
			t.Skip()
		}
		p := &Program{Key: key, Value: v, Files: map[string]string{"main.go": text}}
		if _, err := u.Load(p.Files); err != nil {
			t.Skip()
		}
		for _, finding := range u.Check(p, removal.New).Findings {
			switch finding.Kind {
			case Panic, Hang, NotChecking:
				t.Fatalf("%s=%s: %s: %s\n%s", key, value, finding.Kind, finding.Detail, text)
			}
		}
	})
}
