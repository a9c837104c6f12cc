package plain_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/plain"
)

// Rows are read as those of a CSV file; errors name them by their numbers.
func TestRows(t *testing.T) {
	t.Parallel()
	columns := []string{"Flag Key", "ENABLED", "environment", "owner"}
	flags, err := plain.Rows("db", columns, [][]string{
		{"new-checkout", "t", "production", "payments"},
		{"new-checkout", "0", "staging", ""},
		{"banner", "", "", "two\nlines"},
	}, nil)
	require.NoError(t, err)
	require.Len(t, flags, 2)
	assert.Equal(t, "payments", flags[0].Owner)
	require.Len(t, flags[0].Serves, 2)
	assert.Equal(t, registry.Bool(true), *flags[0].Serves[0].Only)
	assert.Equal(t, "db:2:2", flags[0].Serves[1].Pos.String())
	assert.Equal(t, "db:3:1", flags[1].Source.String())

	_, err = plain.Rows("db", columns, [][]string{{"a", "s3cr3t", "", ""}, {"", "", "", ""}}, nil)
	assert.EqualError(t, err, "db:1:2: enabled must be true or false\ndb:2:1: the key of a flag is empty")
	_, err = plain.Rows("db", []string{"id", "enabled"}, nil, nil)
	assert.EqualError(t, err, "db:1:1: has no column for the key of flags (name one key)")
	_, err = plain.Rows("db/a", []string{"key", "on"}, [][]string{{"a", "?"}}, func(int, int) (int, int) { return 0, 0 })
	assert.EqualError(t, err, "db/a: enabled must be true or false")

	_, err = plain.Rows("db", []string{"key", "tags"}, [][]string{{"a", "{x,y}"}, {"b", `["x"]`}, {"c", "x\x00"}, {"d\xff", ""}}, nil)
	assert.EqualError(t, err, "db:1:2: tags are no words (want words, with commas between them)\n"+
		"db:2:2: tags are no words (want words, with commas between them)\ndb:3:2: is no text\ndb:4:1: is no text")

	assert.Equal(t, "percentage", plain.Column("Rollout Percentage"))
	assert.Empty(t, plain.Column("id"))
}
