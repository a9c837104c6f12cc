package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/internal/sync"
)

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// The configurations of the documentation have what their types need and no more, and
// there is one of each type, with a row in the table.
func TestSyncDocumentation(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../docs/registries/*.md")
	require.NoError(t, err)
	shown := map[string]bool{}
	for _, page := range append(pages, "../../docs/sync.md") {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, m := range yamlBlock.FindAllStringSubmatch(string(text), -1) {
			if !strings.Contains(m[1], "sync:") || strings.Contains(m[1], "- run:") {
				continue
			}
			c, err := config.Parse(filepath.Base(page), []byte("version: 1\n"+strings.TrimPrefix(m[1], "version: 1\n")))
			require.NoError(t, err, page)
			_, err = syncSources(c.Sync.Sources, sync.Types())
			require.NoError(t, err, page)
			for _, s := range c.Sync.Sources {
				shown[s.Type] = true
			}
		}
	}
	text, err := os.ReadFile("../../docs/sync.md")
	require.NoError(t, err)
	for _, typ := range sync.Types() {
		assert.True(t, shown[typ.Name], "no configuration of the type %s is shown", typ.Name)
		row := regexp.MustCompile("(?m)^\\| `" + typ.Name + "` \\|.*$").FindString(string(text))
		for _, field := range append(typ.Needs, typ.Takes...) {
			if field != "environments" && field != "token" {
				assert.Contains(t, row, "`"+field+"`", typ.Name)
			}
		}
		assert.Equal(t, strings.Contains(strings.Join(append(typ.Needs, typ.Takes...), " "), "environments"), strings.Contains(row, "environment"), row)
	}
}
