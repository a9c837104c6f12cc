package registry_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
)

var on, off = registry.Bool(true), registry.Bool(false)

// served makes a row of a source whose file is named as the environment.
func served(t *testing.T, serves ...registry.Serving) *registry.Flag {
	t.Helper()
	f := &registry.Flag{Key: "x", Format: "flagd", Runtime: true, Serves: serves, Source: registry.Position{File: "source.json", Line: 9, Column: 1}}
	for i := range f.Serves {
		f.Serves[i].Pos = registry.Position{File: "source.json", Line: 10 + i, Column: 1}
	}
	return f
}

func in(env string, only *registry.Value, since registry.Date) registry.Serving {
	return registry.Serving{Environment: env, Only: only, Since: since}
}

func TestSettle(t *testing.T) {
	t.Parallel()
	early, late := day(t, "2026-01-01"), day(t, "2026-02-01")
	for _, tt := range []struct {
		name   string
		serves []registry.Serving
		change func(f *registry.Flag)
		envs   []string
		state  registry.State
		value  *registry.Value
		since  registry.Date
	}{
		{name: "one", serves: []registry.Serving{in("", &on, late)}, state: registry.StateRolledOut, value: &on, since: late},
		{name: "two agree", serves: []registry.Serving{in("prod", &on, early), in("dev", &on, late)}, state: registry.StateRolledOut, value: &on, since: late},
		{name: "two agree, one knows no date", serves: []registry.Serving{in("prod", &on, early), in("dev", &on, registry.Date{})}, state: registry.StateRolledOut, value: &on},
		{name: "two differ", serves: []registry.Serving{in("prod", &on, early), in("dev", &off, late)}, state: registry.StateActive},
		{name: "one depends", serves: []registry.Serving{in("prod", &on, early), in("dev", nil, late)}, state: registry.StateActive},
		{name: "only prod counts", serves: []registry.Serving{in("prod", &on, early), in("dev", nil, late)}, envs: []string{"prod"}, state: registry.StateRolledOut, value: &on, since: early},
		{name: "the unnamed speaks for all", serves: []registry.Serving{in("", &on, early), in("dev", &on, late)}, envs: []string{"dev"}, state: registry.StateRolledOut, value: &on, since: late},
		{name: "the unnamed contradicts", serves: []registry.Serving{in("", &on, early), in("dev", &off, late)}, envs: []string{"dev"}, state: registry.StateActive},
		{name: "nothing is served", serves: []registry.Serving{{Fallback: true, Since: late}}, state: registry.StateRolledOut, since: late},
		{name: "nothing is served, and the default is known", serves: []registry.Serving{{Fallback: true}}, change: func(f *registry.Flag) { f.Default = &off }, state: registry.StateRolledOut, value: &off},
		{name: "nothing is served in one", serves: []registry.Serving{in("prod", &on, early), {Environment: "dev", Fallback: true}}, state: registry.StateActive},
		{name: "completed", serves: []registry.Serving{in("", &on, late)}, change: func(f *registry.Flag) { f.State = registry.StateRetired }, state: registry.StateRetired, value: &on, since: late},
		{name: "completed, but served differently", serves: []registry.Serving{in("", nil, late)}, change: func(f *registry.Flag) { f.State = registry.StateRetired }, state: registry.StateActive},
		{name: "permanent", serves: []registry.Serving{in("", &on, late)}, change: func(f *registry.Flag) { f.Permanent = true }, state: registry.StateActive},
		{name: "kill switch", serves: []registry.Serving{in("", &on, late)}, change: func(f *registry.Flag) { f.Kind = registry.KindKillSwitch }, state: registry.StateActive},
		{name: "permission", serves: []registry.Serving{in("", &on, late)}, change: func(f *registry.Flag) { f.Kind = registry.KindPermission }, state: registry.StateActive},
		{name: "nothing is said", change: func(f *registry.Flag) { f.State = registry.StateRetired }, state: registry.StateRetired},
	} {
		f := served(t, tt.serves...)
		if tt.change != nil {
			tt.change(f)
		}
		reg, err := registry.New(f)
		require.NoError(t, err)
		before := *f
		reg, err = registry.Settle(reg, tt.envs)
		require.NoError(t, err, tt.name)
		got := reg.Lookup("x")
		assert.Equal(t, tt.state, got.State, tt.name)
		assert.Equal(t, tt.value, got.Value, tt.name)
		assert.Equal(t, tt.since, got.Since, tt.name)
		assert.Equal(t, before, *f, "what was given is not changed")
	}
}

// An environment in which a flag is not spoken of serves nobody knows what.
func TestSettleMissingEnvironment(t *testing.T) {
	t.Parallel()
	other := served(t, in("dev", &on, registry.Date{}))
	other.Key = "y"
	reg, err := registry.New(served(t, in("prod", &on, registry.Date{})), other)
	require.NoError(t, err)
	reg, err = registry.Settle(reg, []string{"prod", "dev"})
	require.NoError(t, err)
	assert.Equal(t, registry.StateActive, reg.Lookup("x").State)
	assert.Equal(t, registry.StateActive, reg.Lookup("y").State)
	_, err = registry.Settle(reg, []string{"prod", "prd"})
	assert.EqualError(t, err, `environments: no registry speaks of "prd" (want some of dev, prod)`)
	none, err := registry.Settle(nil, []string{"prod"})
	require.NoError(t, err)
	assert.Nil(t, none)
}

// overlay merges a row of flags.yaml with a source, and settles.
func overlay(t *testing.T, fields string, f *registry.Flag) (*registry.Registry, error) {
	t.Helper()
	source, err := registry.New(f)
	require.NoError(t, err)
	reg, err := registry.Merge(source, parse(t, "flags.yaml", "version: 1\nflags:\n  x: {"+fields+"}\n"))
	require.NoError(t, err)
	return registry.Settle(reg, nil)
}

func TestOverlay(t *testing.T) {
	t.Parallel()
	reg, err := overlay(t, "owner: pay, kind: release, expires: 2026-06-01", served(t, in("", &on, day(t, "2026-01-01"))))
	require.NoError(t, err)
	x := reg.Lookup("x")
	assert.Equal(t, "flags.yaml:3:3", x.Source.String())
	assert.Equal(t, registry.StateRolledOut, x.State)
	assert.Equal(t, &on, x.Value)
	assert.Equal(t, "pay", x.Owner)
	assert.Equal(t, day(t, "2026-06-01"), x.Expires.Date)
	assert.Len(t, x.Also, 1)

	reg, err = overlay(t, "kind: kill-switch", served(t, in("", &on, registry.Date{})))
	require.NoError(t, err)
	assert.Equal(t, registry.StateActive, reg.Lookup("x").State, "the kind of flags.yaml counts")

	reg, err = overlay(t, "state: planned", served(t, in("", &off, registry.Date{})))
	require.NoError(t, err)
	assert.Equal(t, registry.StatePlanned, reg.Lookup("x").State, "the state of flags.yaml counts")

	reg, err = overlay(t, "state: retired", served(t, in("", &on, registry.Date{})))
	require.NoError(t, err)
	assert.Equal(t, &on, reg.Lookup("x").Value, "the value comes from what is served")
}

func TestOverlayConflicts(t *testing.T) {
	t.Parallel()
	_, err := overlay(t, "state: retired, value: true", served(t, in("prod", &off, registry.Date{})))
	assert.EqualError(t, err, `flags.yaml:3:3: flag "x" is retired with true, but source.json:10:1 serves everyone another value (correct one of them)`)

	problems := func(fields string, f *registry.Flag) []string {
		reg, err := overlay(t, fields, f)
		require.NoError(t, err)
		var out []string
		for _, p := range (registry.Metadata{}).Check(reg.Lookup("x")) {
			require.NotEmpty(t, p.Related)
			out = append(out, p.Pos.String()+": "+p.Message+" "+p.Related[0].String())
		}
		return out
	}
	assert.Equal(t, []string{`flags.yaml:3:7: flag "x" is retired, but its source still serves different values in dev (correct one) source.json:11:1`},
		problems("state: retired, value: true", served(t, in("prod", &on, registry.Date{}), in("dev", nil, registry.Date{}))))
	f := served(t)
	f.Default, f.Expires, f.Variants = &off, registry.Expiry{Version: "v1.0.0"}, []registry.Value{on, off}
	assert.Equal(t, []string{
		`flags.yaml:3:7: flag "x" has default true, but false in its source (correct one) source.json:9:1`,
		`flags.yaml:3:22: flag "x" expires 2026-06-01, but v1.0.0 in its source (correct one) source.json:9:1`,
		`flags.yaml:3:43: flag "x" lacks the variant false that its source has (correct one) source.json:9:1`,
	}, problems("default: true, expires: 2026-06-01, variants: [true]", f))
	assert.Empty(t, problems("state: active, default: true", served(t, in("", &on, registry.Date{}))))
}

// A row of flags.yaml and one of a file that nothing reads at run time are one flag.
func TestMergeOverlaysBuildFiles(t *testing.T) {
	t.Parallel()
	build := func(file string) *registry.Registry {
		reg, err := registry.New(&registry.Flag{Key: "x", Format: "openfeature", Type: registry.TypeInt, Source: registry.Position{File: file, Line: 1}})
		require.NoError(t, err)
		return reg
	}
	reg, err := registry.Merge(build("manifest.json"), parse(t, "flags.yaml", "version: 1\nflags: {x: {owner: me}}"))
	require.NoError(t, err)
	assert.Equal(t, registry.TypeInt, reg.Lookup("x").Type)
	assert.Equal(t, "flags.yaml", reg.Lookup("x").Source.File)
	_, err = registry.Merge(build("a.json"), build("b.json"))
	assert.EqualError(t, err, `b.json:1: duplicate flag "x" (first at a.json:1; remove one)`)
}

func TestPermanentFlagsAreNotStale(t *testing.T) {
	t.Parallel()
	f := row(t, "state: rolled-out, value: true, since: 2020-01-01")
	f.Permanent = true
	_, stale := registry.DefaultPolicy().Stale(f, day(t, "2026-01-01"))
	assert.False(t, stale)
}

// serving is a format whose one flag is served in the environment that it is named for.
type serving struct{ shape }

func (s serving) Parse(name string, _ []byte) ([]*registry.Flag, error) {
	pos := registry.Position{File: name, Line: 2, Column: 3}
	return []*registry.Flag{{Key: "x", Runtime: true, Serves: []registry.Serving{{Environment: s.name, Only: &on, Pos: pos}}}}, nil
}

func TestLoadOptions(t *testing.T) {
	t.Parallel()
	named := registry.Formats{serving{shape{"prod", registry.MatchContent}}}
	reg, err := named.Load("f", nil, registry.Options{})
	require.NoError(t, err)
	assert.True(t, reg.Lookup("x").Runtime, "as the format says")
	reg, err = named.Load("f", nil, registry.Options{Runtime: new(false), Environment: "prod"})
	require.NoError(t, err)
	assert.False(t, reg.Lookup("x").Runtime)
	_, err = named.Load("f", nil, registry.Options{Format: "prod", Environment: "dev"})
	assert.EqualError(t, err, `f:2:3: speaks of the environment "prod", not of "dev" (correct the environment of this registry in the configuration, or leave it out)`)
	unnamed := registry.Formats{serving{shape{"", registry.MatchContent}}}
	reg, err = unnamed.Load("f", nil, registry.Options{Environment: "dev"})
	require.NoError(t, err)
	assert.Equal(t, "dev", reg.Lookup("x").Serves[0].Environment)
}
