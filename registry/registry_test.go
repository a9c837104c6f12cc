package registry_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
)

func parse(t *testing.T, name, text string) *registry.Registry {
	t.Helper()
	reg, err := registry.Parse(name, []byte(text))
	require.NoError(t, err)
	return reg
}

func TestMergeKeepsOrder(t *testing.T) {
	t.Parallel()
	reg, err := registry.Merge(
		parse(t, "b.yaml", "version: 1\nflags: {z: {}, a: {}}"), nil,
		parse(t, "a.yaml", "version: 1\nflags: {m: {}}"))
	require.NoError(t, err)
	var keys []string
	for _, f := range reg.Flags() {
		keys = append(keys, f.Key)
	}
	assert.Equal(t, []string{"z", "a", "m"}, keys)
	assert.Equal(t, 3, reg.Len())
	assert.Equal(t, "a.yaml:2:9", reg.Lookup("m").Source.String())
	assert.Nil(t, reg.Lookup("none"))
}

func TestMergeRefusesTwoOwners(t *testing.T) {
	t.Parallel()
	_, err := registry.Merge(
		parse(t, "a.yaml", "version: 1\nflags:\n  x: {}\n  y: {}"),
		parse(t, "b.yaml", "version: 1\nflags:\n  y: {}\n  x: {}"))
	assert.EqualError(t, err, `b.yaml:3:3: duplicate flag "y" (first at a.yaml:4:3; remove one)
b.yaml:4:3: duplicate flag "x" (first at a.yaml:3:3; remove one)`)
}

func runtime(t *testing.T, name, text string) *registry.Registry {
	t.Helper()
	reg, err := registry.Formats{registry.Native()}.Load(name, []byte(text), registry.Options{Format: "native", Runtime: new(true)})
	require.NoError(t, err)
	return reg
}

func TestMergeJoinsRuntimeRows(t *testing.T) {
	t.Parallel()
	owned := parse(t, "flags.yaml", "version: 1\nflags:\n  x: {owner: me, state: active}\n  y: {}")
	served := runtime(t, "prod.yaml", "version: 1\nflags:\n  z: {}\n  x: {type: string, variants: [a, b], default: a, owner: them, kind: ops}")
	again := runtime(t, "dev.yaml", "version: 1\nflags:\n  x: {type: string, default: b}\n  z: {}")
	reg, err := registry.Merge(served, owned, again)
	require.NoError(t, err)
	assert.Equal(t, 3, reg.Len())

	x := reg.Lookup("x")
	assert.Equal(t, "flags.yaml", x.Source.File, "the row that is no runtime row owns the flag")
	assert.False(t, x.Runtime)
	assert.Equal(t, "me", x.Owner)
	assert.Equal(t, registry.TypeString, x.Type)
	assert.Equal(t, registry.String("a"), *x.Default)
	assert.Equal(t, registry.KindOps, x.Kind)
	assert.Equal(t, registry.StateActive, x.State)
	require.Len(t, x.Also, 2)
	assert.Equal(t, "prod.yaml", x.Also[0].Source.File)

	z := reg.Lookup("z")
	assert.True(t, z.Runtime)
	assert.Len(t, z.Also, 1)

	before := owned.Lookup("x")
	assert.Equal(t, registry.TypeBool, before.Type, "what was given is not changed")
}

func TestMergeRefusesTypesThatDisagree(t *testing.T) {
	t.Parallel()
	_, err := registry.Merge(
		parse(t, "flags.yaml", "version: 1\nflags:\n  x: {default: true}\n  y: {type: int}"),
		runtime(t, "prod.yaml", "version: 1\nflags:\n  x: {type: string}\n  y: {type: float}"))
	assert.EqualError(t, err, `flags.yaml:3:3: flag "x" is of type bool, but prod.yaml:3:3 says string (correct the type of one)
flags.yaml:4:3: flag "y" is of type int, but prod.yaml:4:3 says float (correct the type of one)`)
}

// shape is a format for the tests: it recognises what it is told to.
type shape struct {
	name string
	is   registry.Match
}

func (s shape) Name() string                            { return s.name }
func (s shape) Recognize(string, []byte) registry.Match { return s.is }
func (s shape) Parse(name string, _ []byte) ([]*registry.Flag, error) {
	return []*registry.Flag{{Key: s.name, Source: registry.Position{File: name}}}, nil
}

func TestFormatsPickByContentBeforeName(t *testing.T) {
	t.Parallel()
	fs := registry.Formats{registry.Native(), shape{"other", registry.NoMatch}, shape{"flagd", registry.MatchName}}
	load := func(fs registry.Formats, format, name, text string) (string, error) {
		reg, err := fs.Load(name, []byte(text), registry.Options{Format: format})
		if err != nil {
			return "", err
		}
		return reg.Flags()[0].Key, nil
	}
	const text = "version: 1\nflags: {n: {}}"

	key, err := load(fs, "", "x.json", text)
	require.NoError(t, err)
	assert.Equal(t, "n", key)
	key, err = load(fs, "", "x.json", "flags: {}")
	require.NoError(t, err)
	assert.Equal(t, "flagd", key)
	key, err = load(fs, "other", "x.json", text)
	require.NoError(t, err)
	assert.Equal(t, "other", key)

	_, err = load(fs, "", "flags.yaml", "flags: {}")
	assert.EqualError(t, err, "flags.yaml: could be flagd or native (name one with format:)")
	_, err = load(fs[:2], "", "x.json", "{}")
	assert.EqualError(t, err, "x.json: no known registry format (name it with format: native | other)")
	_, err = load(fs, "toml", "x.json", text)
	assert.EqualError(t, err, `x.json: unknown registry format "toml" (want one of flagd, native, other)`)
	_, err = load(registry.Formats{registry.Native()}, "", "flags.yml", "version: 2")
	assert.ErrorContains(t, err, "flags.yml:1:1: version: 2 is not supported")
}
