package recall_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/recall"
)

// divided is what checks of n parts find in places that hold the same, one after another,
// each without a memory of its own.
func divided(t *testing.T, n int, places ...*place) (shards [][]byte, packages int) {
	t.Helper()
	for i := range n {
		p := *places[i%len(places)]
		p.store, p.shard = "", recall.Shard{Index: i + 1, Of: n}
		_, got, err := p.run(t)
		require.NoError(t, err)
		require.NotEmpty(t, got.Shard)
		shards = append(shards, got.Shard)
		packages += len(got.Packages)
	}
	return shards, packages
}

// merged is what a run finds that is given shards and has no memory of its own.
func merged(t *testing.T, p *place, shards [][]byte) (string, *recall.Result) {
	t.Helper()
	m := *p
	m.store, m.shards = "", shards
	text, got, err := m.run(t)
	require.NoError(t, err)
	p.refused = m.refused
	return text, got
}

// TestShards divides the programs of the corpus: what is merged is what one run finds,
// with all parts, with one missing, and with parts from another directory. With one part
// nothing is left to do; with more only what packages of several parts tell each other.
func TestShards(t *testing.T) {
	t.Parallel()
	p, other := newCorpus(t), newCorpus(t)
	p.store = ""
	want, broken := p.whole(t)
	require.False(t, broken, want)
	_, once, err := p.run(t)
	require.NoError(t, err)
	all := len(once.Packages)
	require.Equal(t, all, once.Again)
	for _, n := range []int{1, 2, 3, 7} {
		name := fmt.Sprintf("%d parts", n)
		shards, packages := divided(t, n, p, other)
		require.Equal(t, all, packages, "%s: each package is of one part", name)
		got, did := merged(t, p, shards)
		require.Equal(t, want, got, name)
		require.Len(t, did.Packages, all)
		if n == 1 {
			require.Equal(t, recall.Work{}, did.Work)
			require.Zero(t, did.Again)
			continue
		}
		assert.LessOrEqual(t, did.Again, all/10, name)
		missing := slices.Delete(slices.Clone(shards), n/2, n/2+1)
		got, more := merged(t, p, missing)
		require.Equal(t, want, got, "%s, one is missing", name)
		require.Greater(t, more.Again, did.Again, name)
		require.Less(t, more.Again, all, name)
	}
}

// TestShardsOfOtherTimes: parts that were found under another registry, on another day, with
// other rules, flag systems or files give what they can.
func TestShardsOfOtherTimes(t *testing.T) {
	t.Parallel()
	a, err := txtar.ParseFile(filepath.Join("..", "live", "testdata", "program.txtar"))
	require.NoError(t, err)
	files, variants := map[string]string{}, map[string]string{}
	for _, f := range a.Files {
		switch name, variant, _ := strings.Cut(f.Name, "~"); variant {
		case "":
			files[name] = string(f.Data)
		case "1":
			variants[name] = string(f.Data)
		}
	}
	files["env/env.go"] = "package env\n\nimport \"example.com/m/app\"\n\nvar On = app.Env(\"typo\")\n"
	const rows = "version: 1\nflags:\n  old: {owner: me, description: a flag, kind: release, created: 2026-04-25}\n  new: {owner: me, description: a flag}\n"
	make := func() *place {
		p := newPlace(t, realTemp(t))
		p.registry, p.store = rows, ""
		write(t, p.opts.Dir, files)
		return p
	}
	p, other := make(), make()
	shards, all := divided(t, 3, other)
	check := func(name string, shards [][]byte) *recall.Result {
		t.Helper()
		want, broken := p.whole(t)
		require.False(t, broken, "%s: %s", name, want)
		got, did := merged(t, p, shards)
		require.Equal(t, want, got, name)
		return did
	}
	same := check("nothing else", shards)
	assert.Less(t, same.Again, all)
	for name, change := range map[string]func(){
		"a row that is retired": func() {
			p.registry = strings.Replace(rows, "kind: release, created: 2026-04-25", "state: retired, value: true", 1)
		},
		"a key more":                    func() { p.registry = rows + "  total: {owner: me, description: a flag}\n" },
		"a key that a search asked for": func() { p.registry = rows + "  typo: {owner: me, description: a flag}\n" },
		"no registry":                   func() { p.registry = "" },
		"another day":                   func() { p.today.Day = 20 },
		"no tests":                      func() { p.opts.Tests = false },
		"other files":                   func() { write(t, p.opts.Dir, variants) },
		"another wrapper":               func() { write(t, p.opts.Dir, map[string]string{"wrap/wrap.go": variants["wrap/wrap.go"]}) },
		"other constants":               func() { write(t, p.opts.Dir, map[string]string{"keys/keys.go": variants["keys/keys.go"]}) },
		"flag systems": func() {
			p.specs = slices.Concat(p.specs, []provider.Spec{{Name: "x", Functions: []provider.Function{{Name: "strings.ToUpper"}}}})
		},
		"fewer patterns":  func() { p.opts.Patterns = []string{"."} },
		"another version": func() { write(t, p.opts.Dir, map[string]string{"go.mod": "module example.com/m\n\ngo 1.25\n"}) },
	} {
		before := *p
		change()
		check(name, shards)
		*p = before
		write(t, p.opts.Dir, files)
	}
	require.Equal(t, same.Work, check("all as it was", shards).Work)
	// Some of each time.
	other.registry = rows + "  total: {owner: me, description: a flag}\n"
	other.today.Day = 20
	later, _ := divided(t, 3, other)
	for i := range shards {
		mixed := slices.Clone(shards)
		mixed[i] = later[i]
		check("mixed", mixed)
		check("both", append(mixed, shards[i], later[0]))
	}
}

// TestBrokenShards cuts parts, changes bytes in them, and takes ones that are none: what is
// found is the same, and each is told.
func TestBrokenShards(t *testing.T) {
	t.Parallel()
	p := newPlace(t, realTemp(t))
	write(t, p.opts.Dir, map[string]string{
		"go.mod":       "module example.com/m\n\ngo 1.25\n",
		"app/app.go":   "package app\n\nfunc Bool(key string, def bool) bool { return def }\n\nfunc Env(key string) bool { return false }\n",
		"keys/keys.go": "package keys\n\nconst Old = \"old\"\n",
		"user/user.go": "package user\n\nimport (\n\t\"example.com/m/app\"\n\t\"example.com/m/keys\"\n)\n\nvar On = app.Bool(keys.Old, true)\n",
		"zoo/zoo.go":   "package zoo\n\nimport \"example.com/m/app\"\n\nvar On = app.Bool(\"zoo\", true)\n",
	})
	shards, _ := divided(t, 2, p)
	want, broken := p.whole(t)
	require.False(t, broken)
	r := rand.New(rand.NewPCG(20261127, 2))
	for range 30 {
		bad := slices.Clone(shards[0])
		switch r.IntN(3) {
		case 0:
			bad = bad[:r.IntN(len(bad))]
		case 1:
			bad[r.IntN(len(bad))] ^= byte(1 + r.IntN(255))
		case 2:
			bad = append(bad, 0)
		}
		got, did := merged(t, p, [][]byte{bad, shards[1]})
		require.Equal(t, want, got)
		require.Equal(t, []error{recall.ErrNoShard, nil}, p.refused)
		require.Positive(t, did.Again)
	}
	got, _ := merged(t, p, [][]byte{nil, shards[1], []byte("nothing"), shards[1]})
	require.Equal(t, want, got)
	require.Equal(t, []error{recall.ErrNoShard, nil, recall.ErrNoShard, nil}, p.refused)
	require.Equal(t, recall.ErrOtherShard, recall.None().Fill(shards[0], digest.New("another build").Done()))
}

// TestShardSteps counts what the merge of a small program does.
func TestShardSteps(t *testing.T) {
	t.Parallel()
	p := newPlace(t, realTemp(t))
	p.store = ""
	write(t, p.opts.Dir, map[string]string{
		"go.mod":       "module example.com/m\n\ngo 1.25\n",
		"app/app.go":   "package app\n\nfunc Bool(key string, def bool) bool { return def }\n\nfunc Env(key string) bool { return false }\n",
		"keys/keys.go": "package keys\n\nconst Old = \"old\"\n\nconst Other = \"other\"\n",
		"user/a/a.go":  "package a\n\nimport \"example.com/m/app\"\n\nvar On = app.Bool(\"aaaaaa\", true)\n",
		"user/b/b.go":  "package b\n\nimport \"example.com/m/app\"\n\nvar On = app.Bool(\"bbbbbb\", true)\n",
		"user/c/c.go":  "package c\n\nimport (\n\t\"example.com/m/app\"\n\t\"example.com/m/keys\"\n)\n\nvar On = app.Bool(keys.Old, true)\n",
		"user/d/d.go":  "package d\n\nimport (\n\t\"example.com/m/app\"\n\t\"example.com/m/keys\"\n)\n\nvar On = app.Bool(keys.Old, true)\n",
	})
	want, broken := p.whole(t)
	require.False(t, broken, want)
	shards, all := divided(t, 3, p)
	require.Equal(t, 6, all)
	got, did := merged(t, p, shards)
	require.Equal(t, want, got)
	// That Old is a key only the last part knows, which has keys too, but ran no rules on it.
	require.Equal(t, 1, did.Again)
	require.Equal(t, 1, did.Work.Source)
	// Whoever merges remembers.
	p.store, p.shards = t.TempDir(), shards
	got, _, err := p.recall(t)
	require.NoError(t, err)
	require.Equal(t, want, got)
	p.shards = nil
	got, work, err := p.recall(t)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, recall.Work{}, work)
	// Nor does it have to search to do so.
	p.store, p.shards = t.TempDir(), nil
	p.shard = recall.Shard{Index: 1, Of: 1}
	_, one, err := p.run(t)
	require.NoError(t, err)
	p.shard, p.store, p.shards = recall.Shard{}, t.TempDir(), [][]byte{one.Shard}
	_, work, err = p.recall(t)
	require.NoError(t, err)
	require.Equal(t, recall.Work{}, work)
	p.shards = nil
	_, work, err = p.recall(t)
	require.NoError(t, err)
	require.Equal(t, recall.Work{}, work)
}

// TestParseShard reads what --shard takes.
func TestParseShard(t *testing.T) {
	t.Parallel()
	got, err := recall.ParseShard("2/3")
	require.NoError(t, err)
	assert.Equal(t, recall.Shard{Index: 2, Of: 3}, got)
	assert.Equal(t, "2/3", got.String())
	for _, text := range []string{"", "1", "0/3", "4/3", "a/3", "1/b", "1/2/3", "-1/2", "1/0", "/", "1/"} {
		_, err := recall.ParseShard(text)
		assert.Error(t, err, text)
	}
}
