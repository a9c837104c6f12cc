package difftest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// features are the constructs that the generator must write, each of them in
// more than a handful of the first thousand programs.
var features = []string{
	"constant-error", "constant-error-declared", "copied-fields", "copied-fields-declared", "embedded",
	"embedded-declared", "function-variable", "function-variable-declared", "generic-type", "generic-type-declared",
	"init-function", "iota", "iota-declared", "iterator", "iterator-declared", "nested-flags", "option-functions",
	"option-functions-declared", "parameter-levels", "parameter-levels-declared", "recover", "set-when-made", "set-when-made-declared", "closure-parameter", "asked-again", "chosen-element", "assigned-at-start", "assigned-at-start-declared", "filled-list", "filled-map", "filled-channel",
	"and", "assignment", "bare-return", "block", "bool-comparison", "break", "break-in-case", "call",
	"call-statement", "client-method", "closure", "comment", "concatenation", "constant-hazard", "continue",
	"cross-package", "default-effect", "default-then-override", "defer", "details", "either-result", "else",
	"else-if", "ends-in-for", "ends-in-if-else", "ends-in-if-return", "ends-in-panic", "ends-in-switch",
	"ends-in-switch-flag", "err-reused", "eval-error", "fallthrough", "flag-as-argument", "flag-bool",
	"flag-converted", "flag-field-read", "flag-float-arithmetic", "flag-float64", "flag-in-for-condition",
	"flag-int", "flag-int64", "flag-local", "flag-local-address", "flag-local-captured", "flag-local-read",
	"flag-local-reassigned", "flag-loop", "flag-package-var", "flag-string", "import-effect", "initialiser-effect", "struct-shown", "flag-string-value",
	"flag-var-declared", "for-three", "func-literal-called", "gate-object", "generic", "goto", "guard",
	"if-flag", "if-flag-mixed", "if-init", "if-init-error", "if-not-flag", "interface-chosen",
	"interface-declared", "key-const-block", "key-constant", "key-literal", "key-wrapper",
	"key-wrapper-declared", "labelled-jump", "late-clash", "method-value", "named-results", "negated-sdk", "not",
	"options-constructor", "options-declared", "options-local", "options-method", "or", "other-flag",
	"package-var-written", "panic", "predicate", "predicate-declared", "range-int", "range-slice", "return",
	"select", "several-packages", "shadowing", "switch-dynamic", "switch-init", "switch-tag", "switch-true",
	"twin-heads", "two-files", "two-results", "type-switch", "used-in-arm-only", "value-shown", "var-statement",
	"var-without-value",
}

func TestGeneratedProgramsCompileAndCoverEveryConstruct(t *testing.T) {
	t.Parallel()
	u, err := NewUniverse()
	require.NoError(t, err)
	seen := map[string]int{}
	for seed := range uint64(1000) {
		p := Generate(seed)
		for f := range p.Features {
			seen[f]++
		}
		if _, err := u.Load(p.Files); err != nil {
			t.Fatalf("%v\n%s", err, p.Format(""))
		}
	}
	for _, f := range features {
		assert.Greater(t, seen[f], 5, "programs with %s", f)
	}
	for f := range seen {
		assert.True(t, slices.Contains(features, f), "%s (%d) is not in the table", f, seen[f])
	}
}

func TestParseReadsWhatFormatWrote(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		p := Generate(seed)
		q, err := Parse(p.Format("effects: mismatch\n"))
		require.NoError(t, err)
		assert.Equal(t, p.Key+"="+p.Value.String(), q.Key+"="+q.Value.String())
		assert.Equal(t, p.Files, q.Files)
		assert.Equal(t, p.Served, q.Served)
	}
}

func TestGenerateIsDeterministic(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		assert.Equal(t, Generate(seed), Generate(seed))
	}
}
