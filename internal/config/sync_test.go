package config_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/registry"
)

func TestParseSync(t *testing.T) {
	t.Parallel()
	c := parse(t, `version: 1
sync:
  snapshot: flags/snapshot.json
  history: flags/history.jsonl
  max-age: 7d
  sources:
    - {name: ld, type: launchdarkly, token: LD_TOKEN, project: shop, environments: [production, staging=7f], timeout: 10s}
    - {name: gb, type: http, address: "https://example.com/{token}", header: "X-Key: ", format: growthbook}
`)
	require.NotNil(t, c.Sync)
	assert.Equal(t, "flags/snapshot.json", c.Sync.Snapshot)
	assert.Equal(t, "flags/history.jsonl", c.Sync.History)
	assert.Equal(t, 7, c.Sync.MaxAge)
	require.Len(t, c.Sync.Sources, 2)
	ld := c.Sync.Sources[0]
	assert.Equal(t, []string{"production", "staging=7f"}, ld.Environments)
	assert.Equal(t, 10*time.Second, ld.Wait)
	assert.Equal(t, ".flaglint.yaml:7:7", ld.Pos.String())
	assert.Equal(t, "X-Key: ", c.Sync.Sources[1].Header)

	c = parse(t, "version: 1\nsync: {sources: []}\n")
	assert.Equal(t, config.DefaultSnapshot, c.Sync.Snapshot)
	assert.Equal(t, registry.Never, c.Sync.MaxAge)
	assert.Empty(t, c.Sync.History)
	assert.Nil(t, parse(t, "version: 1\n").Sync)
}
