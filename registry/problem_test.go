package registry_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
)

func render(problems []registry.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s: %s\n", p.Pos, p.Message)
		for _, pos := range p.Related {
			fmt.Fprintf(&b, "  %s\n", pos)
		}
	}
	return b.String()
}

func TestMetadataCheck(t *testing.T) {
	t.Parallel()
	m := registry.DefaultMetadata()
	m.Pattern = regexp.MustCompile(`[a-z]+|[a-z-]+`)
	var problems []registry.Problem
	for _, f := range parse(t, "flags.yaml", string(read(t, "testdata/problems/metadata.yaml"))).Flags() {
		problems = append(problems, m.Check(f)...)
	}
	golden(t, "testdata/problems/metadata.golden", render(problems))
}

func TestMetadataRequiresAnyField(t *testing.T) {
	t.Parallel()
	all := registry.Metadata{Required: registry.FieldNames()}
	require.NoError(t, all.Validate())
	var missing []string
	for _, p := range all.Check(row(t, "")) {
		missing = append(missing, strings.TrimPrefix(p.Message, `flag "x" has no `))
		assert.Equal(t, "flags.yaml:3:3", p.Pos.String())
	}
	assert.Equal(t, "type variants default kind state since description owner created expires issue tags requires", strings.Join(missing, " "),
		"an undecided flag needs no value")

	full := row(t, `type: bool, variants: [true], default: true, kind: ops, state: retired, value: true, since: 2026-01-01, description: d,
		owner: o, created: 2026-01-01, expires: v1.0.0, issue: i, tags: [t], requires: [y]`)
	assert.Empty(t, all.Check(full))
	assert.Len(t, all.Check(row(t, "state: rolled-out")), 13, "a decided flag needs a value, which is told once")

	expires := registry.Metadata{Required: []string{"expires"}}
	assert.Empty(t, expires.Check(row(t, "kind: kill-switch")), "what is to stay does not expire")
	assert.Len(t, expires.Check(row(t, "kind: ops")), 1)
	assert.Empty(t, expires.Check(&registry.Flag{Key: "Gate", Format: registry.FormatGo}), "code has no place for it")

	archived := &registry.Flag{Key: "x", Format: "launchdarkly", State: registry.StateRetired}
	assert.Empty(t, registry.Metadata{}.Check(archived), "a source that archived a flag tells no value")

	assert.EqualError(t, registry.Metadata{Required: []string{"ownr"}}.Validate(),
		`"ownr" is no field of a flag (want type, variants, default, kind, state, value, since, description, owner, created, expires, issue, tags, requires)`)
}

func TestPrerequisites(t *testing.T) {
	t.Parallel()
	reg := parse(t, "flags.yaml", string(read(t, "testdata/problems/prerequisites.yaml")))
	golden(t, "testdata/problems/prerequisites.golden", render(reg.Prerequisites(day(t, "2026-06-01"), "v1.2.0")))
	assert.NotContains(t, render(reg.Prerequisites(registry.Date{}, "")), "expired")
}

// A chain of ten thousand flags, and one that ends in a cycle, take no time.
func TestPrerequisitesOfALongChain(t *testing.T) {
	t.Parallel()
	const n = 10000
	flags := make([]*registry.Flag, n)
	for i := range flags {
		flags[i] = &registry.Flag{Key: fmt.Sprint("k", i), Requires: []registry.Requirement{{Key: fmt.Sprint("k", i+1)}}}
	}
	flags[n-1].Requires[0].Key = fmt.Sprint("k", n-2)
	reg, err := registry.New(flags...)
	require.NoError(t, err)
	start := time.Now()
	problems := reg.Prerequisites(registry.Date{}, "")
	assert.Less(t, time.Since(start), 5*time.Second)
	require.Len(t, problems, 1)
	assert.Equal(t, `flag "k9998" requires "k9999", which leads back to it: k9998 → k9999 → k9998`, problems[0].Message)
}
