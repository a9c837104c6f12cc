package recall_test

import (
	"encoding/json"
	"fmt"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/live"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/registry"
)

// place is a program on disk, with what it is held against.
type place struct {
	opts     load.Options
	registry string // flags.yaml
	today    registry.Date
	specs    []provider.Spec
	store    string // directory
	shard    recall.Shard
	shards   [][]byte      // what the store is filled with
	refused  []error       // what it said of them
	pass     bool          // packages are passed over, however small the program is
	listing  *load.Listing // of the last run
}

// suite makes all rules.
func (p *place) suite(t *testing.T) *analyzer.Suite {
	t.Helper()
	cfg := analyzer.Config{Today: p.today, Specs: p.specs}
	for _, r := range analyzer.Rules() {
		cfg.Only = append(cfg.Only, r.Name)
	}
	if p.registry != "" {
		var err error
		cfg.Registry, err = registry.Formats{registry.Native()}.Load("flags.yaml", []byte(p.registry), registry.Options{})
		require.NoError(t, err)
	}
	s, err := analyzer.New(cfg)
	require.NoError(t, err)
	return s
}

// recall runs what is tested.
func (p *place) recall(t *testing.T) (string, recall.Work, error) {
	t.Helper()
	text, got, err := p.run(t)
	if err != nil {
		return "", recall.Work{}, err
	}
	return text, got.Work, nil
}

// run is recall with all that it gives.
func (p *place) run(t *testing.T) (string, *recall.Result, error) {
	t.Helper()
	listing, err := load.List(t.Context(), p.opts)
	require.NoError(t, err)
	p.listing = listing
	env, err := load.ReadEnvironment(t.Context(), p.opts)
	require.NoError(t, err)
	suite := p.suite(t)
	h := digest.New("base")
	h.Value(p.specs)
	base := h.Done()
	store := recall.None()
	if p.store != "" {
		store = recall.Open(p.store, digest.New("store").Done())
	}
	p.refused = nil
	for _, shard := range p.shards {
		p.refused = append(p.refused, store.Fill(shard, base))
	}
	from := -1
	if p.pass {
		from = 0
	}
	got, err := recall.Run(t.Context(), recall.Options{
		PassFrom: from, Listing: listing, Env: env, Suite: suite, Base: base, Rules: suite.Digest(), Shard: p.shard, Store: store,
		Reading: func(func(string) ([]byte, error)) {},
		Check:   func(*load.Package) error { return nil },
	})
	if err != nil {
		return "", nil, err
	}
	return show(t, suite.Finish(got.Packages, analyzer.Scope{Whole: listing.Whole, Tests: p.opts.Tests}), got.Packages), got, nil
}

// whole loads and analyses the program without keeping anything.
func (p *place) whole(t *testing.T) (text string, broken bool) {
	t.Helper()
	prog, err := live.Load(t.Context(), p.opts)
	require.NoError(t, err)
	require.NoError(t, prog.Judge(t.Context(), p.suite(t)))
	require.NoError(t, prog.Err())
	if prog.Loaded().Broken() {
		return fmt.Sprint(prog.Loaded().Errors), true
	}
	return show(t, prog.Findings(), prog.Packages()), false
}

// show renders all that is found.
func show(t *testing.T, findings []analyzer.Finding, packages []*analyzer.Package) string {
	t.Helper()
	var b strings.Builder
	add := func(v any) {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%s\n", text)
	}
	for _, f := range findings {
		add(f)
	}
	for _, p := range packages {
		fmt.Fprintf(&b, "package %s %s\n", p.Path, p.Name)
		for _, s := range p.Sites {
			if len(s.Via) == 0 {
				s.Via = []token.Position{}
			}
			add(s)
		}
		for _, f := range p.CodeFlags {
			add([]any{f.Key, f.Type, f.State, f.Default, f.Value, f.Locked, f.Description, f.Owner, f.Issue, f.Kind, f.Created, f.Expires, f.Source, f.Format})
		}
	}
	return b.String()
}

// TestCorpus finds in the programs of the analyzers' corpus what an analysis of the whole
// finds, the first time and from what was kept; with another registry and on another
// day too.
func TestCorpus(t *testing.T) {
	t.Parallel()
	corpus, err := filepath.Abs("../../testdata")
	require.NoError(t, err)
	specs, err := provider.Builtin()
	require.NoError(t, err)
	p := &place{
		opts: load.Options{
			Dir: corpus, Patterns: []string{"rules/...", "flagref/...", "example.com/..."}, Tests: true,
			Env: append(os.Environ(), "GO111MODULE=off", "GOPATH="+corpus, "GOFLAGS=", "GOPROXY=off", "GOWORK=off"),
		},
		today: registry.Date{Year: 2026, Month: 6, Day: 1}, specs: specs, store: t.TempDir(),
	}
	var keys []string
	compare := func(name string) recall.Work {
		want, broken := p.whole(t)
		require.False(t, broken, want)
		first, work, err := p.recall(t)
		require.NoError(t, err)
		require.Equal(t, want, first, name)
		again, idle, err := p.recall(t)
		require.NoError(t, err)
		require.Equal(t, want, again, name)
		require.Equal(t, recall.Work{}, idle, "nothing is done again")
		for line := range strings.Lines(want) {
			var s analyzer.Site
			if json.Unmarshal([]byte(line), &s) == nil && s.Key != "" && !slices.Contains(keys, s.Key) {
				keys = append(keys, s.Key)
			}
		}
		return work
	}
	all := compare("no registry")
	require.Greater(t, all.Source, 100)
	require.Greater(t, len(keys), 40)
	// A third of the keys each: not registered, retired, old.
	rows := "version: 1\nflags:\n"
	slices.Sort(keys)
	for i, key := range keys {
		text, err := json.Marshal(key)
		require.NoError(t, err)
		switch i % 3 {
		case 1:
			rows += fmt.Sprintf("  %s: {owner: me, description: a flag, state: retired, value: true}\n", text)
		case 2:
			rows += fmt.Sprintf("  %s: {owner: me, description: a flag, kind: release, created: 2026-05-01, expires: 2026-06-20}\n", text)
		}
	}
	p.registry = rows
	compare("a registry")
	p.today.Day = 25
	dated := compare("another day")
	assert.Less(t, dated.Judged, all.Judged, "only what asks for dates")
	assert.Positive(t, dated.Judged)
	// Every row moves, and one changes.
	p.registry = strings.Replace(rows, "flags:\n", "flags:\n  new-one: {owner: me, description: a flag}\n", 1)
	moved := compare("rows that move")
	assert.Less(t, moved.Judged, dated.Judged)
}

// TestRandomEdits changes files, the registry and the day at random, breaks what was
// kept at times, and holds what is found against an analysis of the whole.
func TestRandomEdits(t *testing.T) {
	t.Parallel()
	bothWays(t, randomEdits)
}

// bothWays runs a test where every package is searched, and where packages are passed over.
func bothWays(t *testing.T, test func(t *testing.T, pass bool)) {
	t.Helper()
	for _, pass := range []bool{false, true} {
		t.Run(fmt.Sprintf("packages are passed over: %v", pass), func(t *testing.T) {
			t.Parallel()
			test(t, pass)
		})
	}
}

func randomEdits(t *testing.T, pass bool) {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("..", "live", "testdata", "program.txtar"))
	require.NoError(t, err)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	texts := map[string][][]byte{}
	for _, f := range a.Files {
		name, _, variant := strings.Cut(f.Name, "~")
		name = filepath.Join(dir, filepath.FromSlash(name))
		texts[name] = append(texts[name], f.Data)
		if !variant {
			require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
			require.NoError(t, os.WriteFile(name, f.Data, 0o644))
		}
	}
	var names []string
	for name := range texts {
		if !strings.HasSuffix(name, "go.mod") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	p := newPlace(t, dir)
	p.pass = pass
	keys := []string{"old", "new", "total", "unused"}
	register := func() {
		p.registry = "version: 1\nflags:\n"
		for _, key := range keys {
			p.registry += "  " + key + ": {owner: me, description: a flag, kind: release, created: 2026-04-25}\n"
		}
	}
	register()
	r := rand.New(rand.NewPCG(20261127, 1))
	compared, spared := 0, 0
	for step := range 40 {
		var did []string
		for range r.IntN(3) {
			name := names[r.IntN(len(names))]
			i := r.IntN(len(texts[name]))
			did = append(did, fmt.Sprintf("%s~%d", filepath.Base(name), i))
			require.NoError(t, os.WriteFile(name, texts[name][i], 0o644))
		}
		switch r.IntN(6) {
		case 0:
			keys = []string{"old", "new", []string{"total", "typo", "name"}[r.IntN(3)], "unused"}
			slices.Reverse(keys[r.IntN(3):])
			register()
			did = append(did, "registry")
		case 1:
			p.today.Day = 1 + r.IntN(28)
			did = append(did, "day")
		case 2:
			did = append(did, harm(t, r, p.store))
		}
		want, broken := p.whole(t)
		got, work, err := p.recall(t)
		if broken {
			if !pass { // else what is passed over may not compile
				require.Error(t, err, "step %d: %v", step, did)
			}
			continue
		}
		require.NoError(t, err, "step %d: %v", step, did)
		require.Equal(t, want, got, "step %d: %v", step, did)
		compared++
		if work.Source == 0 || work.Signatures > 0 {
			spared++
		}
	}
	require.Greater(t, compared, 10)
	require.Greater(t, spared, 3, "most of what is kept was of use")
}

// harm breaks the files in a directory: it cuts them, changes bytes or deletes them.
func harm(t *testing.T, r *rand.Rand, dir string) string {
	t.Helper()
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	did := "nothing"
	for _, f := range files {
		name := filepath.Join(dir, f.Name())
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		switch r.IntN(3) {
		case 0:
			data, did = data[:r.IntN(len(data)+1)], "cut"
		case 1:
			for range 1 + r.IntN(3) {
				data[r.IntN(len(data))] ^= byte(1 + r.IntN(255))
			}
			did = "changed bytes"
		case 2:
			require.NoError(t, os.Remove(name))
			did = "deleted"
			continue
		}
		require.NoError(t, os.WriteFile(name, data, 0o644))
	}
	return did
}

// TestSettings: a suite's key is another when anything of a rule is.
func TestSettings(t *testing.T) {
	t.Parallel()
	specs, err := provider.Builtin()
	require.NoError(t, err)
	key := func(change func(*analyzer.Config)) digest.Sum {
		cfg := analyzer.Config{Specs: specs, Rules: map[string]analyzer.RuleConfig{}}
		change(&cfg)
		s, err := analyzer.New(cfg)
		require.NoError(t, err)
		return s.Digest()
	}
	plain := key(func(*analyzer.Config) {})
	assert.Equal(t, plain, key(func(*analyzer.Config) {}))
	for name, change := range map[string]func(*analyzer.Config){
		"severity": func(c *analyzer.Config) { c.Rules["nested-flag"] = analyzer.RuleConfig{Severity: "error"} },
		"option": func(c *analyzer.Config) {
			c.Rules["nested-flag"] = analyzer.RuleConfig{Options: []analyzer.OptionValue{{Name: "max-depth", Value: 3}}}
		},
		"only":    func(c *analyzer.Config) { c.Only = []string{"nested-flag"} },
		"least":   func(c *analyzer.Config) { c.MinSeverity = analyzer.SeverityError },
		"release": func(c *analyzer.Config) { c.NextVersion = "v2.0.0" },
		"registry": func(c *analyzer.Config) {
			c.Registry, err = registry.New()
			require.NoError(t, err)
		},
	} {
		assert.NotEqual(t, plain, key(change), name)
	}
}

// newPlace is a place for the module in dir, whose package app is a flag system, with a
// store of its own.
func newPlace(t *testing.T, dir string) *place {
	t.Helper()
	specs, err := provider.Builtin()
	require.NoError(t, err)
	specs = append(specs,
		provider.Spec{Name: "app", Functions: []provider.Function{{Name: "example.com/m/app.Bool", Default: &provider.Arg{Index: 1}}}},
		provider.Spec{Name: "env", Prefixes: []string{"feature_"}, Functions: []provider.Function{{Name: "example.com/m/app.Env"}}})
	return &place{
		opts: load.Options{Dir: dir, Patterns: []string{"./..."}, Tests: true,
			Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local")},
		today: registry.Date{Year: 2026, Month: 6, Day: 1}, specs: specs, store: t.TempDir(),
	}
}
