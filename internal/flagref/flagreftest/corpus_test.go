package flagreftest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/provider/providertest"
)

// TestSDKs holds the references of every SDK corpus against its want comments.
func TestSDKs(t *testing.T) {
	t.Parallel()
	specs, err := provider.Builtin()
	require.NoError(t, err)
	set, err := provider.NewSet(specs)
	require.NoError(t, err)
	for _, c := range providertest.Corpora(t) {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			diffs, agreed := Run(t, set, c)
			assert.Empty(t, strings.Join(diffs, "\n"))
			assert.Positive(t, agreed)
		})
	}
}
