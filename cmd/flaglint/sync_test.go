package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/config"
)

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// The configurations of the documentation have what their types need and no more, and
// there is one of each type, with a row in the table.
func TestSyncDocumentation(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../docs/registries/*.md")
	require.NoError(t, err)
	stores, err := filepath.Glob("../../docs/stores/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, stores)
	shown := map[string]bool{}
	for _, page := range slices.Concat(pages, stores, []string{"../../docs/sync.md"}) {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, m := range yamlBlock.FindAllStringSubmatch(string(text), -1) {
			if !strings.Contains(m[1], "sync:") || strings.Contains(m[1], "- run:") {
				continue
			}
			c, err := config.Parse(filepath.Base(page), []byte("version: 1\n"+strings.TrimPrefix(m[1], "version: 1\n")))
			require.NoError(t, err, page)
			_, err = syncSources(c.Sync.Sources, sourceTypes())
			require.NoError(t, err, page)
			for _, s := range c.Sync.Sources {
				shown[s.Type] = true
			}
		}
	}
	text, err := os.ReadFile("../../docs/sync.md")
	require.NoError(t, err)
	for _, page := range stores {
		assert.Contains(t, string(text), "(stores/"+filepath.Base(page)+")")
	}
	for _, typ := range sourceTypes() {
		assert.True(t, shown[typ.Name], "no configuration of the type %s is shown", typ.Name)
		row := regexp.MustCompile("(?m)^\\| `" + typ.Name + "` \\|.*$").FindString(string(text))
		for _, field := range slices.Concat(typ.Needs, typ.Takes, typ.Settings) {
			if field != "environments" && field != "token" {
				assert.Contains(t, row, "`"+field+"`", typ.Name)
			}
		}
		assert.Equal(t, strings.Contains(strings.Join(append(typ.Needs, typ.Takes...), " "), "environments"), strings.Contains(row, "environment"), row)
	}
}
