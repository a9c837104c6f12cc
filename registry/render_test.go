package registry_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
)

var places = regexp.MustCompile(`[^ {]*\.(yaml|json):\d+:\d+ ?`)

// What is rendered says what was read.
func TestRenderRoundTrip(t *testing.T) {
	t.Parallel()
	for _, file := range samples(t, "valid") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			before := parse(t, file, string(read(t, file)))
			text, err := registry.Render(before, nil)
			require.NoError(t, err)
			after := parse(t, "flags.yaml", string(text))
			// An implied type is written out, which is the only difference.
			bare := func(r *registry.Registry) string { return places.ReplaceAllString(dump(r), "") }
			assert.Equal(t, strings.ReplaceAll(bare(before), "   type", "  type"), bare(after))
			again, err := registry.Render(after, nil)
			require.NoError(t, err)
			assert.Equal(t, string(text), string(again))
		})
	}
}

func TestRenderQuotesWhatYAMLWouldMisread(t *testing.T) {
	t.Parallel()
	texts := []string{
		"true", "null", "~", "1", "1.5", "0x10", "1e3", ".inf", "2026-01-01", "yes", "- a", "a: b", "a #b", "#a", "a,b", "[a]", "{a}",
		"&a", "*a", "!a", "%a", "@a", "`a", "'a'", `"a"`, `a\b`, "a\nb", "a\tb", "Ünïcode key", "😀", "a\u2028b", "<<", "=", "?", "a:", "v1.0.0", "on", "Null", "TRUE", "a  b", "x\u0085y",
	}
	var flags []*registry.Flag
	for _, s := range texts {
		key := strings.NewReplacer("\n", "-newline-", "\t", "-tab-").Replace(s)
		v := registry.String(s)
		flags = append(flags, &registry.Flag{Key: key, Default: &v, Description: s, Owner: s, Issue: s, Tags: []string{s, "z"}, Variants: []registry.Value{v, registry.String("other")}})
	}
	reg, err := registry.New(flags...)
	require.NoError(t, err)
	text, err := registry.Render(reg, nil)
	require.NoError(t, err)
	after := parse(t, "flags.yaml", string(text))
	require.Equal(t, len(flags), after.Len())
	for i, f := range after.Flags() {
		assert.Equal(t, flags[i].Key, f.Key)
		assert.Equal(t, texts[i], f.Description)
		assert.Equal(t, texts[i], f.Owner)
		assert.Equal(t, []string{texts[i], "z"}, f.Tags)
		assert.Equal(t, registry.TypeString, f.Type)
		assert.Equal(t, registry.String(texts[i]), *f.Default)
	}
}

func TestRenderMarksForReview(t *testing.T) {
	t.Parallel()
	def, ratio := registry.Bool(false), registry.Float(2)
	reg, err := registry.New(
		&registry.Flag{Key: "new-checkout", Type: registry.TypeBool, Default: &def, Owner: "team-pay", Created: day(t, "2026-01-10")},
		&registry.Flag{Key: "404"},
		&registry.Flag{Key: "ratio", Variants: []registry.Value{registry.Int(1), ratio}})
	require.NoError(t, err)
	text, err := registry.Render(reg, registry.Review{
		"new-checkout": {"": "found in\n3 files", "owner": "last author", "created": "first commit", "expires": "none is known"},
		"404":          {"": "is this a flag?"},
	})
	require.NoError(t, err)
	golden(t, "testdata/render.golden", string(text))

	empty, err := registry.Render(nil, nil)
	require.NoError(t, err)
	assert.Equal(t, "version: 1\nflags: {}\n", string(empty))
}

func TestRenderRefusesWhatTheFormatCannotHold(t *testing.T) {
	t.Parallel()
	reg, err := registry.New(&registry.Flag{Key: " a"})
	require.NoError(t, err)
	_, err = registry.Render(reg, nil)
	assert.EqualError(t, err, `the registry cannot be written as flags.yaml: flags.yaml:3:3: flag key " a" has a control character, or a space at an end (remove it)`)
}
