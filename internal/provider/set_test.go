package provider

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// typecheck checks one file as the package of the given path.
func typecheck(tb testing.TB, path, src string) (*types.Package, *types.Info) {
	tb.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	require.NoError(tb, err)
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	conf := types.Config{Importer: importer.Default()}
	pkg, err := conf.Check(path, fset, []*ast.File{f}, info)
	require.NoError(tb, err)
	return pkg, info
}

func method(tb testing.TB, pkg *types.Package, typ, name string) *types.Func {
	tb.Helper()
	obj, _, _ := types.LookupFieldOrMethod(pkg.Scope().Lookup(typ).Type(), true, pkg, name)
	require.IsType(tb, &types.Func{}, obj)
	return obj.(*types.Func)
}

func function(tb testing.TB, pkg *types.Package, name string) *types.Func {
	tb.Helper()
	fn, ok := pkg.Scope().Lookup(name).(*types.Func)
	require.True(tb, ok, name)
	return fn
}

const sample = `package sdk

type base struct{}
func (b *base) Bool(key string, def bool) bool { return def }
type Client struct{ *base }
type Evaluations interface { Int(key string) (int, error) }
type Interface interface { Evaluations }
type Alias = Client
type G[T any] struct{}
func (g G[T]) Get() (v T) { return }
func Flag(key string) G[bool] { return G[bool]{} }
type Flags struct {
	Fast bool ` + "`json:\"fast_path,omitempty\"`" + `
	Plain bool
	Off bool ` + "`json:\"-\"`" + `
}
type Outer struct { Flags }
var All map[string]bool
type Server struct { on []string }
`

func TestSetMatchesByDeclaration(t *testing.T) {
	t.Parallel()
	set, err := NewSet([]Spec{{
		Name:    "sdk",
		Modules: []string{"example.com/sdk"},
		Functions: []Function{
			{Name: "(*{mod}.base).Bool", Until: 2},
			{Name: "(*{mod}.base).Bool", Since: 3, Key: Arg{Index: 1}},
			{Name: "({mod}.Evaluations).Int"},
		},
		Objects:  []Object{{Declare: "{mod}.Flag", Evaluate: []Evaluate{{Name: "({mod}.G[T]).Get"}}}},
		Fields:   []Field{{Type: "{mod}.Flags", Tag: "json"}},
		Lookups:  []string{"{mod}.All"},
		Contains: []string{"{mod}.Server.on"},
	}})
	require.NoError(t, err)

	for path, key := range map[string]int{"example.com/sdk": 0, "example.com/sdk/v2": 0, "example.com/sdk/v3": 1} {
		pkg, _ := typecheck(t, path, sample)
		m, ok := set.Function(method(t, pkg, "Client", "Bool"))
		require.True(t, ok, path)
		assert.Equal(t, key, m.Row.Key.Index, path)
		_, ok = set.Function(method(t, pkg, "Alias", "Bool"))
		assert.True(t, ok, "aliases are seen through")
		_, ok = set.Function(method(t, pkg, "Interface", "Int"))
		assert.True(t, ok, "the declaring interface counts")
		_, ok = set.Declare(function(t, pkg, "Flag"))
		assert.True(t, ok)
		result := function(t, pkg, "Flag").Signature().Results().At(0).Type()
		get, _, _ := types.LookupFieldOrMethod(result, true, pkg, "Get")
		_, ok = set.Evaluate(get.(*types.Func))
		assert.True(t, ok, "an instance matches its origin")
		_, ok = set.Lookup(nil, pkg.Scope().Lookup("All").(*types.Var))
		assert.True(t, ok)
		server := pkg.Scope().Lookup("Server").Type()
		_, ok = set.Contains(server, server.Underlying().(*types.Struct).Field(0))
		assert.True(t, ok)
		_, ok = set.Contains(nil, server.Underlying().(*types.Struct).Field(0))
		assert.False(t, ok, "a field needs its owner")
	}
	for _, path := range []string{"example.com/sdk/sub", "example.com/sdk2", "example.com/other"} {
		pkg, _ := typecheck(t, path, sample)
		_, ok := set.Function(method(t, pkg, "Client", "Bool"))
		assert.False(t, ok, path)
	}
}

func TestFieldOf(t *testing.T) {
	t.Parallel()
	set, err := NewSet([]Spec{{Name: "app", Fields: []Field{{Type: "example.com/sdk.Flags", Tag: "json"}}}})
	require.NoError(t, err)
	pkg, info := typecheck(t, "example.com/sdk", sample+`
func use(o *Outer) []bool { return []bool{o.Fast, o.Plain, o.Flags.Off} }
`)
	require.NotNil(t, pkg)
	got := map[string]string{}
	for expr, sel := range info.Selections {
		owner, field := Owner(sel)
		require.NotNil(t, field, expr.Sel.Name)
		if _, key, ok := set.FieldOf(owner, field); ok {
			got[expr.Sel.Name] = key
		}
	}
	assert.Equal(t, map[string]string{"Fast": "fast_path", "Plain": "Plain"}, got)
}

func TestNewSetRefuses(t *testing.T) {
	t.Parallel()
	a := Spec{Name: "a", Functions: []Function{{Name: "p.F"}}}
	for _, tt := range []struct {
		name  string
		specs []Spec
		want  string
	}{
		{"conflict", []Spec{a, {Name: "b", Overrides: []Override{{Name: "p.F"}}}}, "p.F is also named by provider a"},
		{"conflict of types", []Spec{{Name: "a", Fields: []Field{{Type: "p.T"}}}, {Name: "b", Objects: []Object{{Type: "p.T"}}}}, "also named by provider a"},
		{"twice in one", []Spec{{Name: "a", Functions: []Function{{Name: "p.F"}, {Name: "p.F", Key: Arg{Index: 1}}}}}, "p.F is given twice"},
		{"overlapping versions", []Spec{{Name: "a", Functions: []Function{{Name: "p.F", Since: 2}, {Name: "p.F", Until: 2, Negated: true}}}}, "given twice"},
		{"same name", []Spec{a, a}, "the name is given twice"},
		{"no name", []Spec{{}}, "no name"},
		{"bad name", []Spec{{Name: "a", Functions: []Function{{Name: "Foo"}}}}, "names no package"},
		{"no module", []Spec{{Name: "a", Functions: []Function{{Name: "{mod}.F"}}}}, "no modules are given"},
		{"placeholder", []Spec{{Name: "a", Modules: []string{"m"}, Functions: []Function{{Name: "{pkg}.F"}}}}, "unknown placeholder {pkg}"},
		{"bad module", []Spec{{Name: "a", Modules: []string{"a b"}}}, "no module path"},
		{"object without", []Spec{{Name: "a", Objects: []Object{{}}}}, "needs either declare"},
		{"role", []Spec{{Name: "a", Functions: []Function{{Name: "p.F", Details: map[string]Detail{"V": {Role: "x"}}}}}}, `role "x"`},
	} {
		_, err := NewSet(tt.specs)
		assert.ErrorContains(t, err, tt.want, tt.name)
	}
}

func TestConfiguredSpecGoesBeforeBuiltin(t *testing.T) {
	t.Parallel()
	builtin, err := Builtin()
	require.NoError(t, err)
	set, err := NewSet(append(builtin,
		Spec{Name: "mine", Functions: []Function{{Name: "os.Getenv", Negated: true}}},
		Spec{Name: "env", Prefixes: []string{"MY_"}},
	))
	require.NoError(t, err)
	pkg, err := importer.Default().Import("os")
	require.NoError(t, err)
	m, ok := set.Function(function(t, pkg, "Getenv"))
	require.True(t, ok)
	assert.Equal(t, "mine", m.Spec.Name)
	m, ok = set.Function(function(t, pkg, "LookupEnv"))
	require.True(t, ok)
	assert.Equal(t, []string{"MY_"}, m.Spec.Prefixes)
}

// TestNamedRows has a built-in prefix make flags of bools alone.
func TestNamedRows(t *testing.T) {
	t.Parallel()
	specs, err := Builtin()
	require.NoError(t, err)
	color := func(own []Spec, registered func(string) bool) bool {
		set, err := NewSet(append(slices.Clone(specs), own...))
		require.NoError(t, err)
		for _, s := range set.Specs() {
			if s.Name == "flag" {
				return (&Spec{Prefixes: s.PrefixesOf(true)}).Admits("feature-color", registered)
			}
		}
		return false
	}
	assert.False(t, color(nil, nil))
	assert.True(t, color(nil, func(key string) bool { return key == "feature-color" }), "a registry names it")
	assert.True(t, color([]Spec{{Name: "flag", Prefixes: []string{"feature-"}}}, nil), "the configuration gives the prefix")
	assert.Empty(t, (&Spec{}).PrefixesOf(true))
}

func TestAdmits(t *testing.T) {
	t.Parallel()
	s := Spec{Prefixes: []string{"FF_", "!FF_FILE", "!FF_KNOWN"}}
	assert.False(t, s.Admits("FF_FILE", nil), "excepted")
	assert.True(t, s.Admits("FF_FILES", nil))
	assert.True(t, s.Admits("FF_KNOWN", func(string) bool { return true }), "a registry goes before")
	known := func(key string) bool { return key == "HOME" }
	assert.True(t, s.Admits("FF_X", nil))
	assert.False(t, s.Admits("FF_", nil), "a prefix alone is no key")
	assert.False(t, s.Admits("PATH", known))
	assert.True(t, s.Admits("HOME", known))
	assert.True(t, (&Spec{}).Admits("anything", nil))
}
