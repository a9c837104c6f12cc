package provider

import (
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/internal/provider/providertest"
)

// builtinSet returns the set of all built-in specs.
func builtinSet(tb testing.TB) *Set {
	tb.Helper()
	specs, err := Builtin()
	require.NoError(tb, err)
	set, err := NewSet(specs)
	require.NoError(tb, err)
	return set
}

func TestBuiltinSpecsSayWhereTheyComeFrom(t *testing.T) {
	t.Parallel()
	for _, s := range builtinSet(t).Specs() {
		assert.NotEmpty(t, s.Title, s.Name)
		assert.NotEmpty(t, s.Source, s.Name)
		assert.True(t, s.Builtin(), s.Name)
	}
}

// TestBuiltinNamesExist holds every name of the data against the real module, or
// its stub: a typo cannot stand. It also wants every name and row to be used by
// the provider's corpus.
func TestBuiltinNamesExist(t *testing.T) {
	t.Parallel()
	set := builtinSet(t)
	byProvider := map[string][]providertest.Corpus{}
	for _, c := range providertest.Corpora(t) {
		byProvider[c.Provider] = append(byProvider[c.Provider], c)
	}
	for _, spec := range set.Specs() {
		corpora := byProvider[spec.Name]
		delete(byProvider, spec.Name)
		t.Run(spec.Name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, corpora, "no corpus testdata/src/sdk/%s", spec.Name)
			u := usage{set: set, exist: map[string]bool{}, used: map[string]bool{}, rows: map[any]bool{}}
			for _, c := range corpora {
				u.corpus(t, spec, c)
			}
			u.check(t, spec)
		})
	}
	assert.Empty(t, slices.Collect(maps.Keys(byProvider)), "corpora of no provider")
}

// usage is what the corpora of one provider have and use. Names are full names
// with the versions of modules left out.
type usage struct {
	set         *Set
	exist, used map[string]bool
	rows        map[any]bool // *Function, *Override
}

func (u *usage) corpus(t *testing.T, spec *Spec, c providertest.Corpus) {
	seen := map[string]bool{}
	var sdk []string
	packages.Visit(c.Load(t, packages.NeedName|packages.NeedImports|packages.NeedDeps, "."), func(p *packages.Package) bool {
		if u.set.place(p.PkgPath) != nil && !seen[p.PkgPath] && !strings.HasPrefix(p.PkgPath, "sdk/") {
			seen[p.PkgPath] = true
			sdk = append(sdk, p.PkgPath)
		}
		return true
	}, nil)
	require.NotEmpty(t, sdk, "%s imports no package of its provider", c.Name)
	for _, p := range c.Load(t, providertest.Types, sdk...) {
		check := checker{spec: spec, pkg: p.Types, seen: func(name string) { u.exist[strings.ReplaceAll(name, "[T]", "")] = true }}
		check.rows()
		for _, err := range check.errs {
			t.Errorf("%s: %v", p.PkgPath, err)
		}
	}
	for _, p := range c.Load(t, providertest.Source, ".") {
		for _, obj := range p.TypesInfo.Uses {
			u.use(spec, obj)
		}
	}
}

// use records a use of an object in a corpus.
func (u *usage) use(spec *Spec, obj types.Object) {
	if obj.Pkg() == nil {
		return
	}
	pkg := obj.Pkg().Path()
	for _, m := range spec.Modules {
		if stripped, _, ok := stripVersion(pkg, trimVersion(m)); ok {
			pkg = stripped
			break
		}
	}
	switch obj := obj.(type) {
	case *types.TypeName:
		u.used[pkg+"."+obj.Name()] = true
		if alias, ok := obj.Type().(*types.Alias); ok {
			if named := namedOf(types.Unalias(alias)); named != nil {
				u.use(spec, named.Obj())
			}
		}
	case *types.Var:
		if named := namedOf(obj.Type()); named != nil && obj.IsField() && named.Obj() != nil && named.Obj().Pkg() != nil {
			u.use(spec, named.Obj())
		}
	case *types.Func:
		if m, ok := memberOf(obj.Origin()); ok {
			u.used[m.in(pkg)] = true
		}
		if m, ok := u.set.Function(obj); ok {
			u.rows[m.Row] = true
		}
		if m, ok := u.set.Override(obj); ok {
			u.rows[m.Row] = true
		}
	}
}

func (u *usage) check(t *testing.T, spec *Spec) {
	for i := range spec.Functions {
		row := &spec.Functions[i]
		u.name(t, spec, row.Name)
		for _, o := range row.Option {
			u.name(t, spec, o)
		}
		assert.True(t, u.rows[row], "no line of the corpus matches the row %s (since %d, until %d)", row.Name, row.Since, row.Until)
	}
	for i := range spec.Overrides {
		row := &spec.Overrides[i]
		u.name(t, spec, row.Name+row.Type)
		for _, f := range row.Apply {
			u.name(t, spec, f)
		}
		assert.True(t, row.Type != "" || u.rows[row], "no line of the corpus matches the override %s", row.Name)
	}
	for _, o := range spec.Objects {
		u.name(t, spec, o.Declare+o.Type)
		for _, e := range o.Evaluate {
			u.name(t, spec, e.Name)
		}
		for _, opt := range o.Options {
			u.name(t, spec, opt.Name)
		}
	}
	for _, d := range spec.Declarations {
		u.name(t, spec, d.Name)
	}
	for _, d := range spec.Decoders {
		u.name(t, spec, d.Name)
	}
	for _, d := range spec.Scopes {
		u.name(t, spec, d.Name)
	}
	for _, c := range spec.Containers {
		u.name(t, spec, c.Register)
		u.exists(t, spec, c.Holds)
	}
	for _, f := range spec.Fields {
		u.name(t, spec, f.Type)
	}
}

// name wants each alternative of a name to exist in one of the modules, and to be
// used by a corpus.
func (u *usage) name(t *testing.T, spec *Spec, name string) {
	u.exists(t, spec, name)
	alts, err := expand(name)
	require.NoError(t, err)
	for _, alt := range alts {
		assert.True(t, anyOf(u.used, spec, alt), "%s: no line of the corpus uses it", alt)
	}
}

func (u *usage) exists(t *testing.T, spec *Spec, name string) {
	alts, err := expand(name)
	require.NoError(t, err)
	for _, alt := range alts {
		assert.True(t, anyOf(u.exist, spec, alt), "%s: no package has it", alt)
	}
}

// anyOf reports whether the set has the name for one of the modules.
func anyOf(set map[string]bool, spec *Spec, name string) bool {
	name = strings.ReplaceAll(name, "[T]", "")
	if set[name] {
		return true
	}
	return slices.ContainsFunc(spec.Modules, func(m string) bool {
		return set[strings.ReplaceAll(name, "{mod}", m)]
	})
}
