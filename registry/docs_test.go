package registry_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
)

// The page's example is a registry, and its table has every field.
func TestDocumentedFormat(t *testing.T) {
	t.Parallel()
	page := string(read(t, "../docs/registry.md"))
	_, example, ok := strings.Cut(page, "```yaml\n")
	require.True(t, ok)
	example, _, _ = strings.Cut(example, "```")
	reg := parse(t, "flags.yaml", example)
	assert.Equal(t, 2, reg.Len())
	for _, name := range registry.FieldNames() {
		assert.Contains(t, page, "\n| `"+name+"` | ")
	}
	for kind, days := range registry.DefaultPolicy().Lifetimes {
		if days != registry.Never {
			assert.Regexp(t, "\n\\| `"+string(kind)+"` \\| [0-9]+ days \\|", page)
		}
	}
}
