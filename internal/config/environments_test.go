package config_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestParseEnvironments(t *testing.T) {
	t.Parallel()
	c := parse(t, `version: 1
registry:
  - {file: prod.json, environment: production, runtime: false}
  - {file: any.json, format: flagd}
environments: [production, staging]
`)
	assert.Equal(t, []string{"production", "staging"}, c.Environments)
	assert.Equal(t, "production", c.Registry[0].Environment)
	assert.Equal(t, new(false), c.Registry[0].Runtime)
	assert.Nil(t, c.Registry[1].Runtime, "it is the format's to say")
}
