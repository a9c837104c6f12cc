package yamltree_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/yamltree"
)

// What plain scalars mean is the YAML core schema, whatever the parser thinks.
func TestScalars(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]any{
		"1": int64(1), "-1": int64(-1), "+1": int64(1), "0": int64(0), "0x1F": int64(31), "0o17": int64(15),
		"9223372036854775807": int64(9223372036854775807),
		"1.5":                 1.5, "1e3": 1e3, "1.": 1.0, ".5": 0.5, "-2.5E-3": -2.5e-3,
		"true": true, "True": true, "FALSE": false, "yes": "yes", "on": "on", "y": "y",
		"null": nil, "~": nil, "NULL": nil, "Null": nil, "nil": "nil",
		"2026-01-01": "2026-01-01", "12:30": "12:30", "1.2.3": "1.2.3", "v1.0": "v1.0", "1a": "1a", "a b": "a b",
		"'1'": "1", `"true"`: "true", "'it''s'": "it's", `"a\tb"`: "a\tb", `"\u00e9"`: "é", "''": "",
		"a#b": "a#b", "a # b": "a", "don't": "don't", "(*p.T).M": "(*p.T).M", "é": "é",
	} {
		n, err := yamltree.Parse("f", []byte("k: "+text+"\n"))
		require.NoError(t, err, text)
		assert.Equal(t, want, n.Get("k").Any(), text)
	}
}

func TestScalarsThatParsersReadDifferently(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"010", "1_000", "0b11", "-017", "1_0.5"} {
		n, err := yamltree.Parse("f", []byte("k: "+text+"\n"))
		if err == nil {
			assert.Equal(t, yamltree.String, n.Get("k").Kind, text)
			continue
		}
		assert.ErrorContains(t, err, "f:1:4: "+text+" is read differently", text)
	}
}

// Columns count bytes, and lines count every kind of line break.
func TestPositions(t *testing.T) {
	t.Parallel()
	for _, eol := range []string{"\n", "\r\n", "\r"} {
		text := strings.ReplaceAll("# é\n\nключ: # c\n  - é: 1\n    b: |\n      # x\n      y\n\n  # c\n  - {é: [é, z]}\nlast: x\n", "\n", eol)
		n, err := yamltree.Parse("f", []byte(text))
		require.NoError(t, err)
		at := func(n *yamltree.Node) string { return fmt.Sprintf("%d:%d", n.Line, n.Column) }
		assert.Equal(t, "3:1", at(n))
		list := n.Get("ключ")
		assert.Equal(t, "4:5", at(list.Items[0]))
		assert.Equal(t, "4:9", at(list.Items[0].Get("é")))
		assert.Equal(t, "5:5", at(list.Items[0].Entries[1].Key))
		assert.Equal(t, "# x\ny\n", list.Items[0].Get("b").Text)
		assert.Equal(t, "10:5", at(list.Items[1]))
		assert.Equal(t, "10:15", at(list.Items[1].Get("é").Items[1]))
		assert.Equal(t, "11:1", at(n.Entries[1].Key))
	}
}

// JSON means what encoding/json says, and stands where it stands.
func TestJSON(t *testing.T) {
	t.Parallel()
	const text = "{\n\t\"a\": [1, 2.5, \"\\u00e9\\/\", null, true],\r\n  \"é\" : {\"b\":{}}\n}\n"
	n, err := yamltree.Parse("f", []byte(text))
	require.NoError(t, err)
	var want any
	require.NoError(t, json.Unmarshal([]byte(text), &want))
	got, err := json.Marshal(n.Any())
	require.NoError(t, err)
	wantText, err := json.Marshal(want)
	require.NoError(t, err)
	assert.JSONEq(t, string(wantText), string(got))
	assert.Equal(t, 2, n.Get("a").Line)
	assert.Equal(t, 7, n.Get("a").Column)
	assert.Equal(t, 3, n.Entries[1].Key.Line)
	assert.Equal(t, 3, n.Entries[1].Key.Column)
	assert.Equal(t, 10, n.Get("é").Column)
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: v\n", i)
	}
	return b.String()
}

// Whatever is nested, repeated or large is refused or read without delay.
func TestHostileInputTakesNoTime(t *testing.T) {
	t.Parallel()
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	for name, tt := range map[string]struct{ text, want string }{
		"brackets":    {many("[", 100_000), "nested too deeply"},
		"braces":      {many("{a: ", 50_000), "nested too deeply"},
		"lists":       {many("- ", 100_000), "nested too deeply"},
		"json":        {many("[", 5000) + many("]", 5000), "nested too deeply"},
		"8 MiB of [":  {many("[", yamltree.MaxSize), "has too many fields"},
		"8 MiB of &a": {many("&a ", yamltree.MaxSize/3), "has too many fields"},
		"8 MiB of ''": {many("'a' ", yamltree.MaxSize/4), "has too many fields"},
		"too large":   {many("a", yamltree.MaxSize+1), "is too large: 9 MiB (want at most 8 MiB; split it)"},
		"50 MB":       {many("a: b\n", 10<<20), "is too large: 50 MiB"},
		"keys":        {many("? ", 100_000), "complex keys"},
		"anchors":     {many("&a ", 100_000), "anchors and aliases"},
		"tags":        {many("!a ", 100_000), "tags are not supported"},
		"documents":   {"a: 1\n" + many("---\n", 50_000), "more than one YAML document"},
		"quotes":      {many("'", 100_001), "is no valid YAML"},
		"blank":       {many(" \n", 1<<20), "is empty"},
		"comments":    {many("# c\n", 100_000), "is empty"},
		"long plain":  {"a: " + many("word ", 1<<18), ""},
		"long folded": {"a: >\n" + many("  word\n", 1<<16), ""},
		"long list":   {"a: [" + many("b, ", 10_000) + "]", ""},
		"many keys":   {keys(10_000), ""},
		"more keys":   {keys(250_000), "has too many fields"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			_, err := yamltree.Parse("f", []byte(tt.text))
			assert.Less(t, time.Since(start), 20*time.Second)
			if tt.want == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, tt.want)
			}
		})
	}
}
