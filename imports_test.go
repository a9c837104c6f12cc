package flaglint_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestImports holds that packages which other programs import, and the language server,
// bring no driver of a store along, nor anything else of sync: only the command does.
func TestImports(t *testing.T) {
	t.Parallel()
	deps := func(packages ...string) []string {
		out, err := exec.Command("go", append([]string{"list", "-deps", "-f", "{{.ImportPath}}"}, packages...)...).Output()
		require.NoError(t, err)
		return strings.Fields(string(out))
	}
	const stores = "github.com/flaghygiene/flaglint/internal/sync"
	of := deps("./internal/sync/...")
	within := deps("./analyzer/...", "./removal/...", "./registry/...", "./plugin/...", "./nogo/...", "./internal/lsp/...", "./internal/settings/...")
	var drivers []string
	for _, name := range of {
		for _, module := range []string{"github.com/lib/pq", "github.com/go-sql-driver/mysql", "modernc.org/", "github.com/gomodule/redigo", "database/sql", "net/http"} {
			if strings.HasPrefix(name, module) {
				drivers = append(drivers, name)
			}
		}
	}
	require.Greater(t, len(drivers), 5)
	for _, name := range within {
		assert.False(t, strings.HasPrefix(name, stores) || slices.Contains(drivers, name), name)
	}
	assert.Subset(t, deps("./cmd/flaglint"), []string{stores, "database/sql"})
}
