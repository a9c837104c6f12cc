package live

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
)

// program is the module in testdata, and the texts that each file can have.
func program(t *testing.T) (dir string, texts map[string][][]byte) {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", "program.txtar"))
	require.NoError(t, err)
	dir, err = filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	texts = map[string][][]byte{}
	for _, f := range a.Files {
		name, _, variant := strings.Cut(f.Name, "~")
		name = filepath.Join(dir, filepath.FromSlash(name))
		texts[name] = append(texts[name], f.Data)
		if !variant {
			require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
			require.NoError(t, os.WriteFile(name, f.Data, 0o644))
		}
	}
	return dir, texts
}

func options(dir string, overlay map[string][]byte) load.Options {
	return load.Options{Dir: dir, Patterns: []string{"./..."}, Tests: true, Overlay: overlay,
		Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local")}
}

// suite makes rules with a registry of the keys.
func suite(t *testing.T, keys ...string) *analyzer.Suite {
	t.Helper()
	text := "version: 1\nflags:\n"
	for _, key := range keys {
		text += "  " + key + ": {owner: me, description: a flag}\n"
	}
	reg, err := registry.Formats{registry.Native()}.Load("flags.yaml", []byte(text), registry.Options{})
	require.NoError(t, err)
	specs, err := provider.Builtin()
	require.NoError(t, err)
	specs = append(specs, provider.Spec{Name: "app", Functions: []provider.Function{{Name: "example.com/m/app.Bool", Default: &provider.Arg{Index: 1}}}})
	// Its keys are those of the registry, or begin with a prefix.
	specs = append(specs, provider.Spec{Name: "env", Prefixes: []string{"feature_"}, Functions: []provider.Function{{Name: "example.com/m/app.Env"}}})
	s, err := analyzer.New(analyzer.Config{Registry: reg, Specs: specs, MinSeverity: analyzer.SeverityWarning})
	require.NoError(t, err)
	return s
}

// show renders all that is found and all references, so that they can be compared.
func show(p *Program) []string {
	var out []string
	for _, f := range p.Findings() {
		out = append(out, fmt.Sprintf("%s %s %s %v %v %s", f.Pos, f.End, f.Rule, f.Related, f.Fixes, f.Message))
	}
	references := len(out)
	for _, pkg := range p.Packages() {
		for _, r := range pkg.Refs.References {
			out = append(out, fmt.Sprintf("%s %s %s %s %v %v", pkg.Path, pkg.Fset.Position(r.Node.Pos()), r.Kind, r.Key, r.Via, r.Shape))
		}
	}
	// Packages of which none imports the other are in any order.
	slices.Sort(out[references:])
	return out
}

// fresh is what is found by loading from scratch.
func fresh(t *testing.T, dir string, now map[string][]byte, keys ...string) []string {
	t.Helper()
	p, err := Load(t.Context(), options(dir, now))
	require.NoError(t, err)
	require.NoError(t, p.Judge(t.Context(), suite(t, keys...)))
	require.NoError(t, p.Err())
	return show(p)
}

// TestRandomEdits changes files at random, refreshes parts, is interrupted, and
// holds what is found in the end against a program that was loaded anew.
func TestRandomEdits(t *testing.T) {
	t.Parallel()
	dir, texts := program(t)
	delete(texts, filepath.Join(dir, "go.mod"))
	names := make([]string, 0, len(texts))
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)
	keys := []string{"old", "new", "total", "unused"}
	seed := uint64(20261126)
	r := rand.New(rand.NewPCG(seed, 1))
	p, err := Load(t.Context(), options(dir, nil))
	require.NoError(t, err)
	require.NoError(t, p.Judge(t.Context(), suite(t, keys...)))
	now := map[string][]byte{}
	require.Equal(t, fresh(t, dir, now, keys...), show(p))
	compared := 0
	for step := range 35 {
		var did []string
		for range 1 + r.IntN(4) {
			name := names[r.IntN(len(names))]
			i := r.IntN(len(texts[name]))
			did = append(did, fmt.Sprintf("%s~%d", filepath.Base(name), i))
			now[name] = texts[name][i]
			require.False(t, p.Edit(map[string][]byte{name: now[name]}), did)
			switch r.IntN(4) {
			case 0:
				require.NoError(t, p.Refresh(t.Context(), name))
				p.Findings()
			case 1:
				ctx, cancel := context.WithCancel(t.Context())
				cancel()
				require.Error(t, p.Refresh(ctx))
			}
		}
		if r.IntN(3) == 0 {
			keys = []string{"old", "new", []string{"total", "typo", "name"}[r.IntN(3)], "unused"}
			require.NoError(t, p.Judge(t.Context(), suite(t, keys...)))
			did = append(did, "judge")
		}
		require.NoError(t, p.Refresh(t.Context()))
		require.NoError(t, p.Err())
		require.False(t, p.Stale())
		if p.Loaded().Broken() {
			continue // what a broken package told before still counts, see Refresh
		}
		compared++
		want := fresh(t, dir, now, keys...)
		require.Equal(t, want, show(p), "step %d: %v", step, did)
	}
	require.Greater(t, compared, 10)
}
