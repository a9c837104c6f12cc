package plugin

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/analyzer"
)

var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
}

func TestSettingsAreStrict(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "flags.yaml", "version: 1\nflags: {}\n")
	for want, raw := range map[string]any{
		"":                        nil,
		`unknown field "regstry"`: map[string]any{"regstry": []string{"flags.yaml"}},
		"cannot unmarshal":        map[string]any{"registry": "flags.yaml"},
		"does not exist":          map[string]any{"registry": []string{"none.yaml"}},
		"no.yaml: the configuration does not exist": map[string]any{"config": "no.yaml"},
		"settings: today":         map[string]any{"today": "yesterday"},
		`there is no rule "oops"`: map[string]any{"rules": []string{"oops"}},
	} {
		_, err := New(raw, dir, now)
		if want == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, "flaglint: ")
	}
}

// TestSalt: all that findings depend on, and golangci-lint knows nothing of, is in
// the names of the analyzers.
func TestSalt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	names := func(raw any, now time.Time) []string {
		p, err := New(raw, dir, now)
		require.NoError(t, err)
		as, err := p.BuildAnalyzers()
		require.NoError(t, err)
		require.NoError(t, analysis.Validate(as))
		var out []string
		seen := map[*analysis.Analyzer]bool{}
		var walk func(as []*analysis.Analyzer)
		walk = func(as []*analysis.Analyzer) {
			for _, a := range as {
				if !seen[a] {
					seen[a] = true
					out = append(out, a.Name)
					walk(a.Requires)
				}
			}
		}
		walk(as)
		return out
	}
	tomorrow := now.AddDate(0, 0, 1)
	require.Equal(t, names(nil, now), names(nil, tomorrow), "without a registry no day decides")

	write(t, dir, ".flaglint.yaml", "version: 1\nregistry: [flags.yaml]\n")
	write(t, dir, "flags.yaml", "version: 1\nflags: {}\n")
	base := names(nil, now)
	require.Equal(t, base, names(nil, now))
	require.NotEqual(t, base, names(nil, tomorrow))
	require.NotEqual(t, base, names(map[string]any{"rules": []string{"unknown-flag", "dynamic-key"}}, now))
	write(t, dir, "flags.yaml", "version: 1\nflags: {a: {owner: b}}\n")
	row := names(nil, now)
	require.NotEqual(t, base, row)
	p, err := New(nil, dir, now)
	require.NoError(t, err)
	write(t, dir, "flags.yaml", "version: 1\nflags: {a: {owner: c}}\n")
	q, err := New(nil, dir, tomorrow)
	require.NoError(t, err)
	require.NotEqual(t, p.salt, q.salt)
	require.Equal(t, p.facts, q.facts, "an owner and a day change no fact")
	write(t, dir, "flags.yaml", "version: 1\nflags: {b: {owner: c}}\n")
	q, err = New(nil, dir, now)
	require.NoError(t, err)
	require.NotEqual(t, p.facts, q.facts, "a key may")
	write(t, dir, ".flaglint.yaml", "version: 1\nregistry: [flags.yaml]\nexclude: ['x/**']\n")
	require.NotEqual(t, row, names(nil, now))

	p, err = New(nil, dir, now)
	require.NoError(t, err)
	as, err := p.BuildAnalyzers()
	require.NoError(t, err)
	for _, a := range as {
		require.Empty(t, a.FactTypes, "findings are told under the plain names of rules")
	}
	plain := map[string]bool{}
	for _, r := range analyzer.Rules() {
		plain[r.AnalyzerName()] = true
	}
	require.True(t, plain[as[0].Name])
	require.False(t, plain[as[len(as)-1].Name])
}

func TestBaseDir(t *testing.T) {
	t.Parallel()
	dir := realDir(t.TempDir())
	for _, name := range []string{"a/.golangci.yml", "a/b/x.go", "c/.golangci.toml", "conf/lint.yml", "plain/x.go"} {
		write(t, dir, name, "")
	}
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for _, c := range []struct {
		wd   string
		args []string
		want string
	}{
		{"a", []string{"run"}, "a"},
		{"a/b", []string{"run", "./..."}, "a"},
		{"a/b", []string{"run", "-c", "../../conf/lint.yml", "./..."}, "conf"},
		{"a/b", []string{"run", "--config=" + at("conf/lint.yml")}, "conf"},
		{"", []string{"run", "--timeout", "5m", "./c/..."}, "c"},
		{"", []string{"run", "a/b/x.go"}, "a"},
		{"a", []string{"run", "../c/..."}, "a"}, // the working directory's own comes first
		{"plain", []string{"run", "./..."}, "plain"},
	} {
		require.Equal(t, at(c.want), baseDir(at(c.wd), append([]string{"golangci-lint"}, c.args...)), "%v in %s", c.args, c.wd)
	}
}
