package flagref_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/provider"
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

func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../testdata")
	require.NoError(t, err)
	return dir
}

func newAnalyzer(t *testing.T, builtin bool) *analysis.Analyzer {
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
		specs = append(specs, more...)
	}
	set, err := provider.NewSet(specs)
	require.NoError(t, err)
	return flagref.NewAnalyzer(flagref.Config{Specs: set})
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	analysistest.Run(t, testdata(t), reporter(newAnalyzer(t, false)),
		"flagref/direct", "flagref/keys", "flagref/wrappers", "flagref/wrapuse",
		"flagref/objects", "flagref/objuse", "flagref/closures", "flagref/overrides", "flagref/ifaces", "flagref/ifacewire")
}
