package difftest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func runner(t *testing.T) *Runner {
	t.Helper()
	u, err := NewUniverse()
	require.NoError(t, err)
	r, err := NewRunner(u, t.TempDir())
	require.NoError(t, err)
	return r
}

// TestRunnerComparesEffects: a program equals itself, served as before.
func TestRunnerComparesEffects(t *testing.T) {
	t.Parallel()
	r := runner(t)
	var pairs []Pair
	for seed := range uint64(40) {
		p := Generate(seed)
		pairs = append(pairs, Pair{Before: p, After: p.Files, Left: true})
	}
	out, err := r.Run(t.Context(), pairs)
	require.NoError(t, err)
	for i, o := range out {
		assert.Empty(t, o.Mismatch, "seed %d", pairs[i].Before.Seed)
	}
}

const simple = `package main

import (
	"example.com/flags"
	"example.com/rt"
)

var early = rt.B(7, true)

func main() {
	if rt.B(1, true) && flags.Bool("k", false) {
		rt.E(2)
	} else {
		rt.E(3)
	}
	rt.E(4)
}
`

func TestRunnerTellsEveryDifference(t *testing.T) {
	t.Parallel()
	r := runner(t)
	before := &Program{Key: "k", Files: map[string]string{"main.go": simple}, Served: map[string][]string{"k": {"true"}}}
	tests := []struct{ name, old, new, want string }{
		{"the right arm, effects kept", `rt.B(1, true) && flags.Bool("k", false)`, `rt.B(1, true)`, ""},
		{"wrong arm", `flags.Bool("k", false)`, `false`, `"E3"`},
		{"operand's effect dropped", `rt.B(1, true) && flags.Bool("k", false)`, `true`, `< "B1"`},
		{"initialiser's effect dropped", `rt.B(7, true)`, `true`, `< "B7"`},
		{"flag still evaluated", "rt.E(4)", "rt.E(4)", "evaluated k"},
		{"panic", "rt.E(2)", `rt.E(2); panic("oh")`, "panic: oh"},
		{"panic of an initialiser", "rt.B(7, true)", `*(*bool)(nil)`, "binary failed"},
		{"endless loop", "rt.E(4)", "rt.E(4); for {}", "hang after"},
		{"does not compile", "rt.E(4)", "rt.E(x)", "undefined: x"},
	}
	var pairs []Pair
	for _, tc := range tests {
		pairs = append(pairs, Pair{Before: before, After: map[string]string{
			"main.go": replaceUnless(tc.name == "flag still evaluated", strings.Replace(simple, tc.old, tc.new, 1))}})
	}
	out, err := r.Run(t.Context(), pairs)
	require.NoError(t, err)
	for i, tc := range tests {
		if tc.want == "" {
			assert.Empty(t, out[i].Mismatch, tc.name)
		} else {
			assert.Contains(t, out[i].Mismatch, tc.want, tc.name)
		}
	}
}

// replaceUnless resolves what is left of the flag, unless it should be left.
func replaceUnless(left bool, text string) string {
	if left {
		return text
	}
	return strings.NewReplacer(`flags.Bool("k", false)`, "true", `	"example.com/flags"`, "").Replace(text)
}
