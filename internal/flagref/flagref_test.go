package flagref_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
)

// reporter reports every reference as a diagnostic, for the want comments.
func reporter(refs *analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "report", Doc: "report references", Requires: []*analysis.Analyzer{refs},
		Run: func(pass *analysis.Pass) (any, error) {
			for _, r := range pass.ResultOf[refs].(*flagref.Result).References {
				pass.Reportf(r.Node.Pos(), "%s", describe(r))
			}
			for _, c := range pass.ResultOf[refs].(*flagref.Result).CodeFlags {
				pass.Reportf(c.Node.Pos(), "%s", describeFlag(c.Flag))
			}
			return nil, nil
		},
	}
}

func describe(r *flagref.Reference) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", r.Kind)
	if r.Key != "" {
		b.WriteString(" " + r.Key)
	}
	if r.Dynamic != "" {
		b.WriteString(" dynamic: " + r.Dynamic)
	}
	if r.Default != nil {
		b.WriteString(" default=" + r.Default.String())
	}
	if r.Set != nil {
		b.WriteString(" set=" + r.Set.String())
	}
	if r.SetValues != nil {
		fmt.Fprintf(&b, " sets=%v", r.SetValues)
	}
	if r.Shape.Error > 0 {
		fmt.Fprintf(&b, " error=%d", r.Shape.Error)
	}
	if r.Kind == flagref.Evaluation {
		for _, w := range []struct {
			on   bool
			text string
		}{{r.Shape.Negated, "negated"}, {r.Shape.Multi, "multi"}, {r.Shape.Func, "func"}, {r.Shape.Exact, "exact"}, {r.Shape.Fallback, "fallback"}, {r.Shape.Effects, "effects"}} {
			if w.on {
				b.WriteString(" " + w.text)
			}
		}
	}
	if r.KeyObject != nil {
		b.WriteString(" obj=" + r.KeyObject.Name())
	}
	for _, v := range r.Via {
		fmt.Fprintf(&b, " via=%s:%d", filepath.Base(v.Filename), v.Line)
	}
	if r.Test {
		b.WriteString(" test")
	}
	return b.String()
}

func describeFlag(f *registry.Flag) string {
	text := fmt.Sprintf("code %s %s %s", f.Key, f.Type, f.State)
	if f.Default != nil {
		text += " default=" + f.Default.String()
	}
	if f.Value != nil {
		text += " value=" + f.Value.String()
	}
	if f.Owner != "" {
		text += " owner=" + f.Owner
	}
	if f.Locked {
		text += " locked"
	}
	return text
}

func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../testdata")
	require.NoError(t, err)
	return dir
}

func newAnalyzer(t *testing.T, builtin bool) *analysis.Analyzer {
	t.Helper()
	return newAnalyzerWith(t, builtin, nil)
}

func newAnalyzerWith(t *testing.T, builtin bool, extra *flagref.Extra) *analysis.Analyzer {
	t.Helper()
	file := filepath.Join(testdata(t), "src", "flagref", "providers.yaml")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	_, list, _ := strings.Cut(string(text), "providers:\n")
	specs, err := provider.Decode(file, []byte(list))
	require.NoError(t, err)
	if builtin {
		more, err := provider.Builtin()
		require.NoError(t, err)
		specs = append(more, specs...)
	}
	set, err := provider.NewSet(specs)
	require.NoError(t, err)
	return flagref.NewAnalyzer(flagref.Config{Specs: set, Extra: extra})
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	analysistest.Run(t, testdata(t), reporter(newAnalyzer(t, false)),
		"flagref/direct", "flagref/keys", "flagref/wrappers", "flagref/wrapuse",
		"flagref/objects", "flagref/objuse", "flagref/closures", "flagref/overrides", "flagref/ifaces", "flagref/ifacewire", "flagref/decorators",
		"flagref/gates", "flagref/gateuse", "flagref/enums", "flagref/enumuse", "flagref/accessors", "flagref/accessoruse", "flagref/settings", "flagref/stages", "flagref/tables", "flagref/typeparams", "flagref/typeparamuse")
}

// TestBuiltin runs with the built-in providers beside the corpus's own.
func TestBuiltin(t *testing.T) {
	t.Parallel()
	analysistest.Run(t, testdata(t), reporter(newAnalyzer(t, true)), "flagref/envflags", "flagref/typed", "flagref/twice", "flagref/options")
}

// TestValues reports the expressions of Result.Values.
func TestValues(t *testing.T) {
	t.Parallel()
	refs := newAnalyzer(t, false)
	analysistest.Run(t, testdata(t), &analysis.Analyzer{
		Name: "values", Doc: "report values", Requires: []*analysis.Analyzer{refs},
		Run: func(pass *analysis.Pass) (any, error) {
			for e, v := range pass.ResultOf[refs].(*flagref.Result).Values {
				text := "value " + v.Key
				if v.Role != "" {
					text += " role=" + v.Role
				}
				if v.Negated {
					text += " negated"
				}
				if v.Exact {
					text += " exact"
				}
				pass.Reportf(e.Pos(), "%s", text)
			}
			return nil, nil
		},
	}, "flagref/values")
}

// unheld runs an analyzer without holding it against want comments.
type unheld struct{}

func (unheld) Errorf(string, ...any) {}

// TestWholeProgram runs the analyzer twice: what only an importer knows of an
// interface, and of a key constant, reaches the package that declares it.
func TestWholeProgram(t *testing.T) {
	t.Parallel()
	refs := newAnalyzer(t, false)
	var all []*flagref.Extra
	for _, r := range analysistest.Run(unheld{}, testdata(t), refs, "flagref/ifacewire", "flagref/gateuse") {
		all = append(all, r.Result.(*flagref.Result).Extra)
	}
	extra := flagref.Merge(all...)
	require.False(t, extra.Empty())
	require.True(t, extra.Equal(flagref.Merge(extra, extra)))

	again := newAnalyzerWith(t, false, extra)
	var late []string
	for _, r := range analysistest.Run(unheld{}, testdata(t), again, "flagref/ifaces") {
		for _, ref := range r.Result.(*flagref.Result).References {
			if ref.Key == "late" {
				late = append(late, describe(ref))
			}
		}
	}
	require.Equal(t, []string{"evaluation late negated exact"}, late)
}

// TestEnvironmentOfOthers: the variable that sets a flag object is known by its name
// in a test that does not import the package which declares the object.
func TestEnvironmentOfOthers(t *testing.T) {
	t.Parallel()
	refs := newAnalyzer(t, true)
	var all []*flagref.Extra
	for _, r := range analysistest.Run(unheld{}, testdata(t), refs, "flagref/envflags", "flagref/envset") {
		all = append(all, r.Result.(*flagref.Result).Extra)
	}
	extra := flagref.Merge(all...)
	require.True(t, extra.Equal(flagref.Merge(extra, extra)))
	analysistest.Run(t, testdata(t), reporter(newAnalyzerWith(t, true, extra)), "flagref/envset")
}
