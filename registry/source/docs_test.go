package source_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry/source"
)

// Every format stands in the table of the documentation, with a page that says how
// it maps and whether running programs read it; and every page is linked.
func TestDocumented(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../docs/registry.md")
	require.NoError(t, err)
	table := string(data)
	runtime := map[string]bool{}
	for format, files := range samples(t, good) {
		data, err := os.ReadFile(files[0])
		require.NoError(t, err)
		for _, f := range source.Formats() {
			if f.Name() == format {
				flags, err := f.Parse(strings.TrimPrefix(files[0], "testdata/"+format+"/"), data)
				require.NoError(t, err)
				runtime[format] = flags[0].Runtime
			}
		}
	}
	link := regexp.MustCompile(`\((registries/[a-z-]+\.md)\)`)
	linked := map[string]bool{}
	for _, name := range source.Formats().Names() {
		row := regexp.MustCompile("(?m)^\\| `" + name + "` \\|.*$").FindString(table)
		if !assert.NotEmpty(t, row, name) {
			continue
		}
		assert.Equal(t, runtime[name], strings.HasSuffix(row, "| yes |"), row)
		page := link.FindStringSubmatch(row)
		require.NotEmpty(t, page, row)
		linked[filepath.Base(page[1])] = true
		text, err := os.ReadFile("../../docs/" + page[1])
		require.NoError(t, err)
		assert.Contains(t, string(text), "\n## How it maps\n")
		assert.Contains(t, string(text), "\n## How to export it\n")
	}
	pages, err := filepath.Glob("../../docs/registries/*.md")
	require.NoError(t, err)
	for _, page := range pages {
		assert.True(t, linked[filepath.Base(page)], "%s is not linked", page)
	}
}
