package analyzer_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/registry"
)

func at(line, column int) registry.Position {
	return registry.Position{File: ".flaglint.yaml", Line: line, Column: column}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	option := func(rule, name string, value any) analyzer.Config {
		return analyzer.Config{Rules: map[string]analyzer.RuleConfig{rule: {
			Pos:     at(3, 3),
			Options: []analyzer.OptionValue{{Name: name, Value: value, Pos: at(3, 17)}},
		}}}
	}
	for _, tt := range []struct {
		name string
		cfg  analyzer.Config
		want string
	}{
		{"rule", analyzer.Config{Rules: map[string]analyzer.RuleConfig{"nested-flags": {Pos: at(3, 3)}}}, `.flaglint.yaml:3:3: there is no rule "nested-flags" (did you mean "nested-flag"?)`},
		{"only", analyzer.Config{Only: []string{"expired"}}, `there is no rule "expired" (the rules are retired-flag, expired-flag, stale-flag,`},
		{"severity", analyzer.Config{Rules: map[string]analyzer.RuleConfig{"nested-flag": {Severity: "fatal", Pos: at(3, 3), SeverityPos: at(3, 27)}}}, `.flaglint.yaml:3:27: "fatal" is no severity (want error, warning, info or off)`},
		{"option", option("nested-flag", "max_depht", 1), `.flaglint.yaml:3:17: rule nested-flag has no option "max_depht" (did you mean "max-depth"?)`},
		{"no options", option("retired-flag", "days", 1), `.flaglint.yaml:3:17: rule retired-flag has no option "days" (it takes severity only)`},
		{"int", option("nested-flag", "max-depth", "two"), `.flaglint.yaml:3:17: rule nested-flag: max-depth must be a number from 0`},
		{"negative", option("nested-flag", "max-depth", int64(-1)), `max-depth must be a number from 0`},
		{"fraction", option("nested-flag", "max-depth", 1.5), `max-depth must be a number from 0`},
		{"huge", option("nested-flag", "max-depth", uint64(1)<<63), `max-depth must be a number from 0`},
		{"bool", option("unknown-flag", "tests", "yes"), `rule unknown-flag: tests must be true or false`},
		{"days", option("expiring-soon", "within", "2w"), `within must be a number of days, such as 40d`},
		{"never", option("expiring-soon", "within", "never"), `within must be a number of days, such as 40d`},
		{"kind", option("stale-flag", "lifetimes", map[string]any{"toggle": "3d"}), `lifetimes: "toggle" is no kind of flag`},
		{"lifetime", option("stale-flag", "lifetimes", map[string]any{"ops": "soon"}), `lifetimes: ops must be a number of days, such as 40d, or never`},
		{"lifetimes", option("stale-flag", "lifetimes", "40d"), `lifetimes must be a map from kind to days`},
		{"list", option("registry-metadata", "required", "owner"), `required must be a list`},
		{"element", option("registry-metadata", "required", []any{"owner", 3}), `required must be a list of texts, not 3`},
		{"field", option("registry-metadata", "required", []any{"ownr"}), `required cannot hold "ownr" (want `},
		{"pattern", option("registry-metadata", "pattern", "[a-z"), `pattern is no regular expression: `},
		{"pattern type", option("registry-metadata", "pattern", 3), `pattern must be a regular expression`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := analyzer.New(tt.cfg)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestNewTellsAllErrors(t *testing.T) {
	t.Parallel()
	_, err := analyzer.New(analyzer.Config{Rules: map[string]analyzer.RuleConfig{
		"nope":         {Pos: at(2, 3)},
		"nested-flag":  {Severity: "bad", Pos: at(3, 3)},
		"unknown-flag": {Options: []analyzer.OptionValue{{Name: "tests", Value: 1, Pos: at(4, 20)}}},
	}})
	require.Error(t, err)
	assert.Len(t, strings.Split(err.Error(), "\n"), 3)
}

// TestRunning pins which rules run.
func TestRunning(t *testing.T) {
	t.Parallel()
	reg, err := registry.New()
	require.NoError(t, err)
	names := func(cfg analyzer.Config) (out []string) {
		t.Helper()
		suite, err := analyzer.New(cfg)
		require.NoError(t, err)
		for _, r := range suite.Running() {
			out = append(out, r.Rule.Name+" "+r.Severity.String())
		}
		return out
	}
	all := names(analyzer.Config{Registry: reg})
	assert.Len(t, all, len(analyzer.Rules())-1, "all but the one that is off")
	assert.NotContains(t, all, "ignored-error info")

	check := names(analyzer.Config{Registry: reg, MinSeverity: analyzer.SeverityWarning})
	assert.Contains(t, check, "nested-flag warning")
	assert.NotContains(t, check, "long-branch info")

	raised := names(analyzer.Config{Registry: reg, MinSeverity: analyzer.SeverityWarning, Rules: map[string]analyzer.RuleConfig{
		"long-branch":   {Severity: "info"},
		"nested-flag":   {Severity: "off"},
		"ignored-error": {Severity: "error"},
	}})
	assert.Contains(t, raised, "long-branch info", "named in the configuration")
	assert.Contains(t, raised, "ignored-error error")
	assert.NotContains(t, raised, "nested-flag warning")

	assert.ElementsMatch(t, []string{"ignored-error info", "long-branch info"},
		names(analyzer.Config{MinSeverity: analyzer.SeverityWarning, Only: []string{"long-branch", "ignored-error", "type-mismatch"}}), "without a registry type-mismatch cannot run")
}

// TestAnalyzersAreValid holds the analyzers against what every driver demands.
func TestAnalyzersAreValid(t *testing.T) {
	t.Parallel()
	reg, err := registry.New()
	require.NoError(t, err)
	suite, err := analyzer.New(analyzer.Config{Registry: reg})
	require.NoError(t, err)
	list := suite.Analyzers()
	require.NoError(t, analysis.Validate(list))
	require.NoError(t, analysis.Validate([]*analysis.Analyzer{suite.Collector()}))
	for _, a := range list {
		assert.NotEmpty(t, a.URL)
		assert.Greater(t, len(a.Doc), 100, "%s tells its page", a.Name)
	}
}

func TestSeverity(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"off", "info", "warning", "error"} {
		s, err := analyzer.ParseSeverity(name)
		require.NoError(t, err)
		assert.Equal(t, name, s.String())
	}
	assert.Equal(t, "Severity(9)", analyzer.Severity(9).String())
	_, err := analyzer.ParseSeverity("Error")
	assert.Error(t, err)
}
