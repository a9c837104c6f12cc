package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// largeModule writes a module of 100 packages of 10 files each: every tenth is
// imported by the nine behind it, and all import the one that asks for flags.
func largeModule(t testing.TB) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	write("go.mod", "module example.com/m\n\ngo 1.26\n")
	write(".flaglint.yaml", "version: 1\nregistry: [flags.yaml]\nproviders:\n  - name: app\n    functions:\n"+
		"      - {name: (*example.com/m/app.Flags).Bool, key: 0, default: 1}\n")
	write("app/app.go", "package app\n\ntype Flags struct{}\n\nfunc (*Flags) Bool(key string, def bool) bool { return def }\n\n"+
		"func (f *Flags) Enabled(key string) bool { return f.Bool(key, false) }\n")
	var rows strings.Builder
	rows.WriteString("version: 1\nflags:\n")
	for i := range 100 {
		fmt.Fprintf(&rows, "  flag-%d: {owner: me, description: a flag}\n", i)
		for j := range 10 {
			var b strings.Builder
			fmt.Fprintf(&b, "package p%d\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"net/http\"\n\t\"strings\"\n\n\t\"example.com/m/app\"\n", i)
			hub := i / 10 * 10
			if i != hub {
				fmt.Fprintf(&b, "\t\"example.com/m/p%d\"\n", hub)
			}
			b.WriteString(")\n")
			for k := range 10 {
				fmt.Fprintf(&b, "\n// F%[1]d_%[2]d does something.\nfunc F%[1]d_%[2]d(ctx context.Context, f *app.Flags, r *http.Request) (string, error) {\n", j, k)
				b.WriteString("\tvar parts []string\n\tfor name, values := range r.Header {\n\t\tif len(values) > 1 && ctx.Err() == nil {\n\t\t\tparts = append(parts, fmt.Sprintf(\"%s=%d\", name, len(values)))\n\t\t}\n\t}\n")
				if i != hub {
					fmt.Fprintf(&b, "\tif s, err := p%d.F%d_%d(ctx, f, r); err == nil {\n\t\tparts = append(parts, s)\n\t}\n", hub, j, k)
				}
				if k == 0 {
					fmt.Fprintf(&b, "\tif f.Enabled(\"flag-%d\") {\n\t\tparts = append(parts, \"new\")\n\t}\n", i)
				}
				b.WriteString("\treturn strings.Join(parts, \", \"), ctx.Err()\n}\n")
			}
			write(fmt.Sprintf("p%d/f%d.go", i, j), b.String())
		}
	}
	write("flags.yaml", rows.String())
	return dir
}

// BenchmarkChange measures how long it takes from a change of an open file to its
// diagnostics, in a module of 100 packages. It reports the median. A package that nine others import is a
// hub; what those have is told later, and not measured.
func BenchmarkChange(b *testing.B) {
	dir := largeModule(b)
	for name, file := range map[string]string{"leaf": "p42/f3.go", "hub": "p40/f3.go"} {
		b.Run(name, func(b *testing.B) {
			c := connect(b, dir, nil)
			c.open(file)
			c.rest()
			c.mu.Lock()
			c.published = make(chan publishParams, 1000)
			c.mu.Unlock()
			var took []time.Duration
			for b.Loop() {
				old, text := `f.Enabled("flag-`, `f.Enabled("falg-`
				if len(took)%2 == 1 {
					old, text = text, old
				}
				start := time.Now()
				c.change(file, old, text)
				for p := range c.published {
					if p.URI == c.uri(file) && *p.Version == c.versions[file] {
						require.Equal(b, text != old && len(took)%2 == 0, len(p.Diagnostics) > 0)
						break
					}
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/median")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms/max")
		})
	}
}
