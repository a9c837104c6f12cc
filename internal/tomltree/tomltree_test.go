package tomltree_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/tomltree"
	"github.com/flaghygiene/flaglint/internal/yamltree"
)

// flat renders a tree, a line a scalar: its path, its place and what it is.
func flat(path string, n *yamltree.Node) (out []string) {
	for i, item := range n.Items {
		out = append(out, flat(fmt.Sprintf("%s[%d]", path, i), item)...)
	}
	for _, e := range n.Entries {
		out = append(out, flat(path+"."+e.Key.Text, e.Value)...)
	}
	if n.Kind != yamltree.List && n.Kind != yamltree.Map {
		out = append(out, fmt.Sprintf("%s %d:%d %T %v", path, n.Line, n.Column, n.Any(), n.Any()))
	}
	return out
}

func TestParse(t *testing.T) {
	t.Parallel()
	const text = `title = "größe" # a comment
a.b.c = 1_000
"quoted key" = 'x'
list = [1, 2.5, { y = true }]
when = 2026-01-01T00:00:00Z
day = 2026-01-02
hex = 0xff

[table.inner]
x = -1e3
long = """
two
lines"""

[[many]]
n = 1
[many.sub]
s = 2
[[many]]
n = 3
`
	root, err := tomltree.Parse("f.toml", []byte(text))
	require.NoError(t, err)
	got := flat("", root)
	assert.Equal(t, strings.Split(strings.TrimSpace(`
.title 1:9 string größe
.a.b.c 2:9 int64 1000
.quoted key 3:16 string x
.list[0] 4:9 int64 1
.list[1] 4:12 float64 2.5
.list[2].y 4:23 bool true
.when 5:8 string 2026-01-01T00:00:00Z
.day 6:7 string 2026-01-02
.hex 7:7 int64 255
.table.inner.x 10:5 float64 -1000
.table.inner.long 11:8 string two
lines
.many[0].n 16:5 int64 1
.many[0].sub.s 18:5 int64 2
.many[1].n 20:5 int64 3`), "\n"), strings.Split(strings.Join(got, "\n"), "\n"))
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         "f.toml: is empty",
		"a = 1\na = 2":             "f.toml:2:1: is no valid TOML",
		"a = [1\n":                 "f.toml:",
		"a = \"\xff\"":             "f.toml: is not valid UTF-8",
		"x = 1\na = inf":           "f.toml:2:",
		"a = 99999999999999999999": "f.toml:1:",
		"a = " + strings.Repeat("[", 70) + strings.Repeat("]", 70):  "f.toml:1:1: is nested too deeply",
		"\n" + strings.Repeat("a.", 70) + "b = 1":                   "f.toml:2:1: is nested too deeply",
		"a = '[[[' # ]]\nb = " + strings.Repeat("{ c = ", 70) + "1": "f.toml:2:1: is nested too deeply",
		strings.Repeat("# long\n", 8<<20/7+10):                      "f.toml: is too large",
	} {
		_, err := tomltree.Parse("f.toml", []byte(text))
		require.Error(t, err)
		assert.Contains(t, err.Error(), want)
		var all yamltree.Errors
		assert.ErrorAs(t, err, &all)
	}
}

// As many tables as there may be are read in time.
func TestParseManyTables(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range tomltree.MaxFields / 2 {
		fmt.Fprintf(&b, "[t%d]\nx = 1\n", i)
	}
	root, err := tomltree.Parse("f.toml", []byte(b.String()))
	require.NoError(t, err)
	assert.Len(t, root.Entries, tomltree.MaxFields/2)
	_, err = tomltree.Parse("f.toml", []byte(b.String()+"[more]\n"))
	assert.EqualError(t, err, "f.toml: has too many fields for TOML (split the file, or write it as YAML or JSON)")
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("[a]\nb = [1, {c = 'x'}]\n[[d.e]]\nf.g = \"\"\"x\"\"\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		if root, err := tomltree.Parse("f", data); err == nil && root.Kind != yamltree.Map {
			t.Fatal("no map")
		}
	})
}
