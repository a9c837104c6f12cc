package source_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source"
)

var update = flag.Bool("update", false, "write the golden files")

// samples returns the files below testdata/FORMAT, by format, without goldens.
func samples(t testing.TB, match func(path string) bool) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir("testdata", func(path string, d fs.DirEntry, err error) error {
		slash := filepath.ToSlash(path)
		parts := strings.Split(slash, "/")
		if err == nil && len(parts) > 2 && parts[1] != "fuzz" && !d.IsDir() && !strings.HasSuffix(slash, ".golden") && !strings.HasSuffix(slash, ".errors") && match(slash) {
			out[parts[1]] = append(out[parts[1]], slash)
		}
		return err
	})
	require.NoError(t, err)
	return out
}

func good(path string) bool { return !strings.Contains(path, "/bad/") }
func bad(path string) bool  { return !good(path) }

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// named are the formats that no content tells, which have to be named.
var named = map[string]bool{"viper": true}

// Every sample is recognised as its own format and no other, and read into the
// flags that the golden beside it has.
func TestSamples(t *testing.T) {
	t.Parallel()
	all := samples(t, good)
	for _, format := range source.Formats().Names() {
		assert.NotEmpty(t, all[format], "the format %s has no sample", format)
	}
	formats := append(registry.Formats{registry.Native()}, source.Formats()...)
	for format, files := range all {
		for _, file := range files {
			t.Run(file, func(t *testing.T) {
				t.Parallel()
				data, err := os.ReadFile(file)
				require.NoError(t, err)
				o := registry.Options{}
				if named[format] {
					o.Format = format
				}
				name := strings.TrimPrefix(file, "testdata/"+format+"/")
				reg, err := formats.Load(name, data, o)
				require.NoError(t, err)
				reg, err = registry.Settle(reg, nil)
				require.NoError(t, err)
				golden(t, file+".golden", model(t, reg))
				for _, f := range reg.Flags() {
					require.Equal(t, format, f.Format)
				}
			})
		}
	}
}

// Every bad sample has all the errors that the golden beside it lists, and no
// value of the file stands in them.
func TestBadSamples(t *testing.T) {
	t.Parallel()
	all := samples(t, bad)
	for _, format := range source.Formats().Names() {
		assert.NotEmpty(t, all[format], "the format %s has no bad sample", format)
	}
	for format, files := range all {
		for _, file := range files {
			t.Run(file, func(t *testing.T) {
				t.Parallel()
				data, err := os.ReadFile(file)
				require.NoError(t, err)
				_, err = source.Formats().Load(filepath.Base(file), data, registry.Options{Format: format})
				require.Error(t, err)
				assert.NotContains(t, err.Error(), "s3cr3t")
				golden(t, file+".errors", err.Error()+"\n")
			})
		}
	}
}

// model renders flags as JSON, a line a flag.
func model(t *testing.T, reg *registry.Registry) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("[\n")
	for i, f := range reg.Flags() {
		line, err := json.Marshal(render(f))
		require.NoError(t, err)
		if i > 0 {
			b.WriteString(",\n")
		}
		b.Write(line)
	}
	b.WriteString("\n]\n")
	return b.String()
}

type rendered struct {
	Key       string   `json:"key"`
	At        string   `json:"at"`
	Type      string   `json:"type,omitempty"`
	Variants  []any    `json:"variants,omitempty"`
	Default   *any     `json:"default,omitempty"`
	Kind      string   `json:"kind,omitempty"`
	State     string   `json:"state,omitempty"`
	Value     *any     `json:"value,omitempty"`
	Since     string   `json:"since,omitempty"`
	About     string   `json:"description,omitempty"`
	Owner     string   `json:"owner,omitempty"`
	Created   string   `json:"created,omitempty"`
	Expires   string   `json:"expires,omitempty"`
	Issue     string   `json:"issue,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Requires  []string `json:"requires,omitempty"`
	Permanent bool     `json:"permanent,omitempty"`
	Locked    bool     `json:"locked,omitempty"`
	Runtime   bool     `json:"runtime,omitempty"`
	Serves    []string `json:"serves,omitempty"`
}

func render(f *registry.Flag) rendered {
	out := rendered{
		Key: f.Key, At: place(f.Source), Type: string(f.Type), Kind: string(f.Kind), State: string(f.State), Since: f.Since.String(),
		About: f.Description, Owner: f.Owner, Created: f.Created.String(), Expires: f.Expires.String(), Issue: f.Issue,
		Tags: f.Tags, Permanent: f.Permanent, Locked: f.Locked, Runtime: f.Runtime,
	}
	for _, v := range f.Variants {
		out.Variants = append(out.Variants, v.Any())
	}
	if f.Default != nil {
		out.Default = new(f.Default.Any())
	}
	if f.Value != nil {
		out.Value = new(f.Value.Any())
	}
	for _, q := range f.Requires {
		out.Requires = append(out.Requires, q.Key)
	}
	for _, s := range f.Serves {
		text := fmt.Sprintf("%s: %s", place(s.Pos), s)
		if !s.Since.IsZero() {
			text += " since " + s.Since.String()
		}
		out.Serves = append(out.Serves, text)
	}
	return out
}

func place(p registry.Position) string { return fmt.Sprintf("%d:%d", p.Line, p.Column) }
