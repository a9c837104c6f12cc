package analyzer_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/flaghygiene/flaglint/analyzer"
)

// TestSettled holds what rules find on kept results against what they find on a
// search of their own, over every program of the corpus.
func TestSettled(t *testing.T) {
	found := 0
	for _, p := range programs(t) {
		cfg := p.config(t)
		suite, err := analyzer.New(cfg)
		require.NoError(t, err)
		suite.Keep()
		p.analyze(t, suite.References())
		suite.Settle()
		assert.Empty(t, suite.References().FactTypes, "nothing is searched again, so that there are no facts")
		var results []*analyzer.Package
		for _, act := range p.analyze(t, suite.Collector()).Roots {
			results = append(results, act.Result.(*analyzer.Package))
		}
		findings := suite.Finish(results, analyzer.Scope{Whole: true, Tests: true})
		assert.Equal(t, p.findings(t, cfg), findings, "%s/%s", p.Rule, p.Name)
		found += len(findings)
	}
	assert.NotZero(t, found)
}

// TestSettledUnsearched holds that a package that no search has reached is an
// error, and not one without flags.
func TestSettledUnsearched(t *testing.T) {
	suite, err := analyzer.New(analyzer.Config{})
	require.NoError(t, err)
	suite.Keep()
	suite.Settle()
	graph, err := checker.Analyze([]*analysis.Analyzer{suite.Collector()}, programs(t)[0].packages, nil)
	require.NoError(t, err)
	for _, act := range graph.Roots {
		assert.Error(t, act.Err)
	}
}
