package report

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/linediff"
	"github.com/flaghygiene/flaglint/removal"
)

// TestDiffApplies gives random changes to `git apply` and compares what comes
// out, with and without a newline at the end, deletions and odd names included.
func TestDiffApplies(t *testing.T) {
	t.Parallel()
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("no git")
	}
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(1, 2))
	names := []string{"a.go", "sub/b.go", "sp ace.go", "Ümlaut\"x.go", "exe.go", "gone.go", "empty.go", "long.go"}
	var edits []removal.FileEdit
	for i, name := range names {
		e := removal.FileEdit{Name: filepath.Join(dir, filepath.FromSlash(name)), Before: randomText(rng, 5+i*30), After: []byte{}}
		switch name {
		case "exe.go", "gone.go":
			e.After = nil
		case "empty.go":
		default:
			e.After = mutate(rng, e.Before)
		}
		mode := os.FileMode(0o644)
		if name == "exe.go" {
			mode = 0o755
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(e.Name), 0o755))
		require.NoError(t, os.WriteFile(e.Name, e.Before, mode))
		edits = append(edits, e)
	}
	var patch bytes.Buffer
	require.NoError(t, Diff(&patch, edits, Paths{Dir: dir}, func(name string) bool { return filepath.Base(name) == "exe.go" }))
	cmd := exec.Command(git, "apply", "-")
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(patch.Bytes())
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s\n%s", out, patch.Bytes())
	for _, e := range edits {
		got, err := os.ReadFile(e.Name)
		if e.After == nil {
			assert.ErrorIs(t, err, os.ErrNotExist, e.Name)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, string(e.After), string(got), e.Name)
	}
}

// TestChanges checks the algorithm alone on many small texts: applying what it
// returns gives the new text, and neighbouring changes are apart.
func TestChanges(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		a := randomText(rng, rng.IntN(12))
		b := mutate(rng, a)
		from, to := linediff.Split(a), linediff.Split(b)
		var got []byte
		at, insertions, deletions := 0, 0, 0
		for i, c := range linediff.Changes(from, to) {
			require.True(t, i == 0 || c.AStart > at, "changes touch")
			got = append(got, bytes.Join(from[at:c.AStart], nil)...)
			got = append(got, bytes.Join(to[c.BStart:c.BEnd], nil)...)
			at = c.AEnd
			insertions, deletions = insertions+c.BEnd-c.BStart, deletions+c.AEnd-c.AStart
		}
		got = append(got, bytes.Join(from[at:], nil)...)
		require.Equal(t, string(b), string(got))
		plus, minus := Stat([]removal.FileEdit{{Before: a, After: b}})
		require.Equal(t, []int{insertions, deletions}, []int{plus, minus})
	}
}

// TestChangesHuge stays within bounds on texts that share nothing.
func TestChangesHuge(t *testing.T) {
	t.Parallel()
	a := []byte(strings.Repeat("a\n", 20_000))
	b := []byte(strings.Repeat("b\n", 20_000))
	plus, minus := Stat([]removal.FileEdit{{Before: a, After: b}})
	assert.Equal(t, []int{20_000, 20_000}, []int{plus, minus})
}

func randomText(rng *rand.Rand, n int) []byte {
	var b []byte
	for range n {
		b = append(b, "abcdefg"[rng.IntN(7)], '\n')
	}
	if len(b) > 0 && rng.IntN(2) == 0 {
		b = b[:len(b)-1]
	}
	return b
}

func mutate(rng *rand.Rand, text []byte) []byte {
	var out []byte
	for _, line := range linediff.Split(text) {
		switch rng.IntN(8) {
		case 0:
		case 1:
			out = append(append(out, "new\n"...), line...)
		default:
			out = append(out, line...)
		}
	}
	return out
}
